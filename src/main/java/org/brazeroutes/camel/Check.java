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
        OK("ok", true), NOT_TESTABLE("not testable", true), DENIED("denied", false), FAILED("failed", false),
        /** Denied, of which a sync makes no failure. */
        RETIRED("denied", true);

        private final String text;
        private final boolean good;

        Verdict(String text, boolean good) {
            this.text = text;
            this.good = good;
        }

        /** True if nothing hinders a sync from being complete. */
        public boolean good() {
            return good;
        }

        /** The word in output. */
        public String text() {
            return text;
        }
    }
}
