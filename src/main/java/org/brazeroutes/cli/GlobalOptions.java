package org.brazeroutes.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that stand before or after the command. */
@Command(versionProvider = Version.class)
final class GlobalOptions {

    @Option(names = "--config", paramLabel = "FILE",
            description = "Settings file; without it application.properties here, else beside the jar.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "One setting, repeatable, stronger than environment and file. No secrets.")
    private List<String> set = new ArrayList<>();

    @Option(names = "--debug", description = "More log lines, and stack traces of errors.")
    private boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    /** These options, where they are given, else those before the command. */
    GlobalOptions after(GlobalOptions before) {
        GlobalOptions both = new GlobalOptions();
        both.config = config == null ? before.config : config;
        both.set = Stream.concat(before.set.stream(), set.stream()).toList();
        both.debug = debug || before.debug;
        return both;
    }

    Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    /**
     * The settings given, the last one of a name winning.
     *
     * @throws IllegalArgumentException if one has no equals sign; its text may be a secret and is not repeated
     */
    Map<String, String> set() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String each : set) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--set takes KEY=VALUE, such as --set sync.period=15m");
            }
            settings.put(each.substring(0, equals).strip(), each.substring(equals + 1));
        }
        return settings;
    }

    boolean debug() {
        return debug;
    }
}
