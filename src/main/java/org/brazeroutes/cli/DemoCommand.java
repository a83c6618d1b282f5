package org.brazeroutes.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code demo}: the simulator, and a sync against it. It writes to ./data/demo only, so it takes no other place. */
@Command(name = "demo", sortOptions = false,
        description = "Start the Braze simulator on loopback and sync against it into ./data/demo: offline, no key.")
final class DemoCommand extends Reporting {

    /** What the demo decides itself. */
    private static final List<String> ITS_OWN = List.of("braze.endpoint", "braze.api-key", "sink", "sink.", "state.");

    @Override
    public Integer call() {
        if (options().config().isPresent()) {
            throw usage("demo reads no settings file; leave --config out");
        }
        Map<String, String> set = set();
        set.keySet().stream().filter(DemoCommand::itsOwn).findFirst().ifPresent(name -> {
            throw usage("demo sets " + name + " itself; leave it out, or use sync");
        });
        requireFolder();
        Logging.start(debug());
        return commands().demo(set, root().console(), json(), debug());
    }

    private static boolean itsOwn(String name) {
        return ITS_OWN.stream().anyMatch(own -> own.endsWith(".") ? name.startsWith(own) : name.equals(own));
    }
}
