package org.brazeroutes.cli;

import picocli.CommandLine.Option;

/** The option {@code --json} of the commands that print results. */
final class JsonOption {

    @Option(names = "--json", description = "Results as JSON on standard output, one object per line (sync, check, streams, status, demo).")
    boolean wanted;
}
