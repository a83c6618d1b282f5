package org.brazeroutes.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import org.brazeroutes.camel.CamelText;
import org.brazeroutes.database.UnusableUrlException;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.routes.Catalogue.DuplicateRouteException;
import org.brazeroutes.settings.Nearest;
import org.brazeroutes.settings.Secrets;
import org.brazeroutes.settings.SettingsException;
import org.brazeroutes.stream.Causes;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler, Thread.UncaughtExceptionHandler {

    private final Console console;

    Errors(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        console.error(problem(wrong, command));
        console.error("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception broken, CommandLine command, ParseResult line) {
        if (broken instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        return tell(broken, ((AnyCommand) command.getCommand()).debug());
    }

    /**
     * A thread that ends so leaves its pass under way for ever. A process that is out of memory ends at once, as if killed: the next
     * start goes on from what is stored.
     */
    @Override
    public void uncaughtException(Thread thread, Throwable broken) {
        try {
            console.error("the thread " + thread.getName() + " ended: " + Secrets.maskText(Causes.line(broken)));
        } finally {
            // to say it takes memory too
            if (broken instanceof OutOfMemoryError) {
                Runtime.getRuntime().halt(ExitCode.INCOMPLETE);
            }
        }
    }

    /** One line for each problem; the stack trace only on demand. */
    int tell(Throwable broken, boolean debug) {
        if (debug) {
            console.err().print(stackTrace(broken));
        }
        if (broken instanceof SettingsException settings) {
            settings.problems().forEach(console::error);
            return ExitCode.USAGE;
        }
        console.error(line(broken));
        boolean mistaken = broken instanceof StartException || broken instanceof DuplicateRouteException || broken instanceof UnusableUrlException
                || unnamed(broken);
        return mistaken ? ExitCode.USAGE : ExitCode.INCOMPLETE;
    }

    /** What happened and, if it says more, the cause at the bottom of it. */
    static String line(Throwable broken) {
        if (unnamed(broken)) {
            return "this process's locale cannot name all folders here, such as " + System.getProperty("user.dir") + "; set LC_ALL=C.UTF-8";
        }
        String happened = text(broken);
        String why = text(Causes.deepest(broken));
        return Secrets.maskText(CamelText.isOwn(broken) || happened.contains(why) ? happened : happened + ": " + why);
    }

    /** True for what a path comes to that has letters which the locale's encoding lacks. */
    private static boolean unnamed(Throwable broken) {
        return String.valueOf(Causes.deepest(broken).getMessage()).contains("unmappable characters");
    }

    /** A driver's message in it may hold a URL with credentials. */
    static String stackTrace(Throwable broken) {
        StringWriter trace = new StringWriter();
        broken.printStackTrace(new PrintWriter(trace, true));
        return Secrets.maskText(trace.toString());
    }

    private static String text(Throwable broken) {
        return Optional.ofNullable(broken.getMessage()).filter(message -> !message.isBlank() && !(broken instanceof LinkageError))
                .orElseGet(broken::toString);
    }

    private static String problem(ParameterException wrong, CommandLine command) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            // what follows an equals sign may be a key that was typed under a wrong option's name
            String word = unmatched.getUnmatched().get(0).split("=", 2)[0];
            if (word.startsWith("-")) {
                return "'" + word + "' is no option of " + command.getCommandSpec().qualifiedName()
                        + Nearest.hint(word, command.getCommandSpec().optionsMap().keySet());
            }
            Set<String> commands = command.getSubcommands().keySet();
            return "'" + word + "' is " + (commands.isEmpty() ? "one word too many" : "no command") + Nearest.hint(word, commands);
        }
        if (wrong instanceof MissingParameterException missing && missing.getMissing().stream().allMatch(ArgSpec::isPositional)) {
            return command.getCommandSpec().name() + " needs the name of a stream, or several";
        }
        return wrong.getMessage();
    }
}
