package org.brazeroutes.settings;

/** Thrown by a parser; its message says what to do. A hidden one must not be shown with the value. */
final class BadValue extends RuntimeException {

    private final boolean hidden;

    private BadValue(String advice, boolean hidden) {
        super(advice, null, false, false);
        this.hidden = hidden;
    }

    /** @param advice what to write instead, such as "use true or false" */
    BadValue(String advice) {
        this(advice, false);
    }

    /** @param sentence follows the setting's name and says what is wrong and what to do */
    static BadValue hidden(String sentence) {
        return new BadValue(sentence, true);
    }

    String problem(String name, String value, String origin) {
        String said = hidden ? name + " " + getMessage() : name + " is '" + shown(value) + "'; " + getMessage();
        return said + " (from " + origin + ")";
    }

    /** The value in one short line, with credentials masked. */
    static String shown(String value) {
        String line = Secrets.mask(value).replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 100 ? line : line.substring(0, 100) + "…";
    }
}
