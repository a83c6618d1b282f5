package org.brazeroutes.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.brazeroutes.database.Libraries;
import org.brazeroutes.settings.CronCheck;
import org.brazeroutes.settings.Settings;
import org.brazeroutes.settings.SettingsException;
import org.brazeroutes.settings.Sources;
import org.quartz.CronExpression;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: the global options, and how settings are loaded from them. */
abstract class AnyCommand implements Callable<Integer> {

    /** Quartz itself reads the expression, so that what passes here also runs. */
    static final CronCheck CRON = cron -> {
        try {
            return new CronExpression(cron).getNextValidTimeAfter(new Date()) == null ? Optional.of("it never comes round again") : Optional.empty();
        } catch (ParseException wrong) {
            // behind a bracket Quartz names the Java exception it stumbled over
            return Optional.of(wrong.getMessage().replaceFirst(" *\\(java\\..*", ""));
        }
    };

    @Mixin
    private GlobalOptions options;

    @Spec
    private CommandSpec spec;

    abstract BrazeRoutes root();

    /** Whether {@code --json} stands before or after the command. */
    abstract boolean json();

    /**
     * Loads and checks the settings, and starts the logs.
     *
     * @param brazeNeeded whether endpoint and key must be there
     */
    final Call load(boolean brazeNeeded) {
        requireFolder();
        Sources sources = Sources.read(set(), root().environment(), options().config(), root().workingDirectory(),
                Libraries.jar().map(Path::getParent));
        Settings settings = Settings.load(sources, brazeNeeded, CRON);
        settings.warnings().forEach(root().console()::warn);
        Logging.start(debug());
        return new Call(settings, root().console(), json(), debug());
    }

    /** Files would be looked for, and made, in a folder of the name that the locale makes of this one's. */
    final void requireFolder() {
        Path folder = root().workingDirectory().toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new SettingsException("there is no folder " + folder + ", where this was started: it was removed,"
                    + " or this process's locale cannot name it; set LC_ALL=C.UTF-8");
        }
    }

    /** These options, and below them those that stand before the command. */
    final GlobalOptions options() {
        AnyCommand root = root();
        return this == root ? options : options.after(root.options);
    }

    final Map<String, String> set() {
        try {
            return options().set();
        } catch (IllegalArgumentException wrong) {
            throw usage(wrong.getMessage());
        }
    }

    /** For the commands without results to print as JSON. */
    final void refuseJson() {
        if (json()) {
            throw usage("--json is for sync, check, streams, status and demo");
        }
    }

    final boolean debug() {
        return options().debug();
    }

    final ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
