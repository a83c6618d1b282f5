package org.brazeroutes.cli;

import java.io.FileDescriptor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;

/** The main class: {@code java -jar braze-routes.jar [COMMAND] [OPTIONS]}. Help and wrong usage are answered without Camel. */
@Command(name = "braze-routes", synopsisSubcommandLabel = "[COMMAND]", sortOptions = false,
        description = "Brings everything a company has in Braze into its own database or files. Without a command: run.",
        subcommands = {RunCommand.class, SyncCommand.class, CheckCommand.class, StreamsCommand.class, StatusCommand.class,
                ResetCommand.class, DemoCommand.class},
        footer = {"", "Exit status: 0 all complete; 1 some stream did not complete; 2 wrong usage or settings; 130 and 143 interrupted."})
public final class BrazeRoutes extends AnyCommand {

    @Mixin
    private JsonOption json;

    private final Console console;
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Supplier<Commands> commands;

    /** @param commands asked only when a command is to be done, for it brings Camel along */
    BrazeRoutes(Console console, Map<String, String> environment, Path workingDirectory, Supplier<Commands> commands) {
        this.console = console;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.commands = commands;
    }

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        Supplier<Commands> commands = () -> new EngineCommands();
        StandardOutput output = new StandardOutput(FileDescriptor.out);
        Console console = Console.system(environment, output);
        Thread.setDefaultUncaughtExceptionHandler(new Errors(console));
        int exit = new BrazeRoutes(console, environment, Path.of(""), commands).execute(args);
        Optional<String> lost = output.lost();
        lost.ifPresent(why -> console.error("results could not be written to standard output: " + why));
        System.exit(lost.isPresent() && exit == ExitCode.COMPLETE ? ExitCode.INCOMPLETE : exit);
    }

    /** Parses the line, does the command and tells every error in one line; returns the exit code. */
    int execute(String... args) {
        CommandLine line = new CommandLine(this);
        line.setOut(console.writer());
        line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(110);
        Errors errors = new Errors(console);
        line.setParameterExceptionHandler(errors);
        line.setExecutionExceptionHandler(errors);
        try {
            return line.execute(args);
        } catch (LinkageError | OutOfMemoryError broken) {
            return errors.tell(broken, false);
        }
    }

    /** No command means run. */
    @Override
    public Integer call() {
        return RunCommand.run(this);
    }

    @Override
    BrazeRoutes root() {
        return this;
    }

    @Override
    boolean json() {
        return json.wanted;
    }

    Console console() {
        return console;
    }

    Map<String, String> environment() {
        return environment;
    }

    Path workingDirectory() {
        return workingDirectory;
    }

    Commands commands() {
        return commands.get();
    }
}
