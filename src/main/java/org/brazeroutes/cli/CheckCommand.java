package org.brazeroutes.cli;

import picocli.CommandLine.Command;

/** {@code check}: tries everything a sync needs, and writes nothing. */
@Command(name = "check", sortOptions = false,
        description = "Check settings, host, key, the permission of each enabled stream, the sink and the state store.")
final class CheckCommand extends Reporting {

    @Override
    public Integer call() {
        Call call = load(true);
        return commands().check(call);
    }
}
