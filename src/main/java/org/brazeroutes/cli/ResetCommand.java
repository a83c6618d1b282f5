package org.brazeroutes.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reset}: forgets what was read of some streams. */
@Command(name = "reset", sortOptions = false,
        description = "Forget what was read of these streams: the next sync reads from the start date. Rows stay.")
final class ResetCommand extends Subcommand {

    @Parameters(paramLabel = "STREAM", arity = "1..*", description = "Streams to reset.")
    private List<String> streams;

    @Option(names = "--yes", description = "Do not ask first.")
    private boolean yes;

    @Option(names = "--drop", description = "Drop their tables or files too.")
    private boolean drop;

    @Override
    public Integer call() {
        refuseJson();
        Call call = load(false);
        return commands().reset(call, streams.stream().distinct().toList(), yes, drop);
    }
}
