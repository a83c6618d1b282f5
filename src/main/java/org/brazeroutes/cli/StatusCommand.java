package org.brazeroutes.cli;

import picocli.CommandLine.Command;

/** {@code status}: what the last syncs did. */
@Command(name = "status", sortOptions = false,
        description = "Show per stream: last sync, result, rows, cursor, last error, next run.")
final class StatusCommand extends Reporting {

    @Override
    public Integer call() {
        Call call = load(false);
        return commands().status(call);
    }
}
