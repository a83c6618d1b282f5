package org.brazeroutes.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.brazeroutes.settings.Nearest;
import org.brazeroutes.settings.Secrets;
import org.brazeroutes.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

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
        return ExitCode.INCOMPLETE;
    }

    /** What happened and, if it says more, the cause at the bottom of it. */
    static String line(Throwable broken) {
        Throwable cause = broken;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String happened = text(broken);
        String why = text(cause);
        return Secrets.maskText(happened.contains(why) ? happened : happened + ": " + why);
    }

    /** A driver's message in it may hold a URL with credentials. */
    static String stackTrace(Throwable broken) {
        StringWriter trace = new StringWriter();
        broken.printStackTrace(new PrintWriter(trace, true));
        return Secrets.maskText(trace.toString());
    }

    private static String text(Throwable broken) {
        return Optional.ofNullable(broken.getMessage()).filter(message -> !message.isBlank() && !(broken instanceof LinkageError))
                .orElseGet(() -> broken.getClass().getSimpleName() + Optional.ofNullable(broken.getMessage()).map(m -> ": " + m).orElse(""));
    }

    private static String problem(ParameterException wrong, CommandLine command) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            // what follows an equals sign may be a key that was typed under a wrong option's name
            String word = unmatched.getUnmatched().get(0).split("=", 2)[0];
            boolean option = word.startsWith("-");
            List<String> known = option
                    ? command.getCommandSpec().optionsMap().keySet().stream().filter(name -> name.startsWith("--")).sorted().toList()
                    : List.copyOf(command.getSubcommands().keySet());
            String what = option ? "no option of " + command.getCommandSpec().qualifiedName()
                    : known.isEmpty() ? "one word too many" : "no command";
            return "'" + word + "' is " + what + Nearest.hint(word, known);
        }
        if (wrong instanceof MissingParameterException missing && missing.getMissing().stream().allMatch(CommandLine.Model.ArgSpec::isPositional)) {
            return command.getCommandSpec().name() + " needs the name of a stream, or several";
        }
        return wrong.getMessage();
    }
}
