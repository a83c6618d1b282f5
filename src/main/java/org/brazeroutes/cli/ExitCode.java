package org.brazeroutes.cli;

/** What the process ends with. */
final class ExitCode {

    /** Everything complete; streams that are skipped by rule included. */
    static final int COMPLETE = 0;
    /** At least one stream or partition did not complete, or something broke. */
    static final int INCOMPLETE = 1;
    /** Wrong usage or settings; nothing was done. */
    static final int USAGE = 2;

    private ExitCode() {
    }
}
