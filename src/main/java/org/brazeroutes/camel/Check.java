package org.brazeroutes.camel;

/**
 * One thing that was tried out.
 *
 * @param subject what it was
 * @param detail  what to know or to do, or empty
 */
public record Check(String subject, Verdict verdict, String detail) {

    /** How it went. */
    public enum Verdict {
        OK("ok"), DENIED("denied"), NOT_TESTABLE("not testable"), FAILED("failed");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** The word in output. */
        public String text() {
            return text;
        }
    }
}
