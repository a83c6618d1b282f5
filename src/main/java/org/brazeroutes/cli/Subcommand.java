package org.brazeroutes.cli;

import picocli.CommandLine.ParentCommand;

/** A command with a name; the root holds what it works with. */
abstract class Subcommand extends AnyCommand {

    @ParentCommand
    private BrazeRoutes root;

    @Override
    final BrazeRoutes root() {
        return root;
    }

    final Commands commands() {
        return root.commands();
    }

    @Override
    boolean json() {
        return root.json();
    }
}
