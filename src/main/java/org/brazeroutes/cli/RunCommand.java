package org.brazeroutes.cli;

import picocli.CommandLine.Command;

/** {@code run}: every enabled stream on its own schedule until stopped. */
@Command(name = "run", sortOptions = false, description = "Run every enabled stream on its own schedule until stopped (default).")
final class RunCommand extends Subcommand {

    @Override
    public Integer call() {
        return run(this);
    }

    /** Also what the root does without a command. */
    static int run(AnyCommand command) {
        command.refuseJson();
        Call call = command.load(true);
        return command.root().commands().run(call);
    }
}
