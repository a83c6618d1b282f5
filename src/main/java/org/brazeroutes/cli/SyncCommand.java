package org.brazeroutes.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sync}: one pass, then exit. */
@Command(name = "sync", sortOptions = false, description = "One pass of the enabled (or the named) streams, then exit.")
final class SyncCommand extends Reporting {

    @Parameters(paramLabel = "STREAM", arity = "0..*", description = "Streams to sync; without any, those that are enabled.")
    private List<String> streams = new ArrayList<>();

    @Override
    public Integer call() {
        Call call = load(true);
        return commands().sync(call, streams.stream().distinct().toList());
    }
}
