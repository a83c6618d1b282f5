package org.brazeroutes.cli;

import picocli.CommandLine.Mixin;

/** A command whose results may be printed as JSON. */
abstract class Reporting extends Subcommand {

    @Mixin
    private JsonOption json;

    @Override
    final boolean json() {
        return json.wanted || super.json();
    }
}
