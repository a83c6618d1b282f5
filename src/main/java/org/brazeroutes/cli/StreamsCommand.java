package org.brazeroutes.cli;

import picocli.CommandLine.Command;

/** {@code streams}: the catalogue. */
@Command(name = "streams", sortOptions = false,
        description = "List the streams: endpoint, parent, primary key, cursor, mode, columns and types.")
final class StreamsCommand extends Reporting {

    @Override
    public Integer call() {
        Call call = load(false);
        return commands().streams(call);
    }
}
