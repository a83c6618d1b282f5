package org.brazeroutes.camel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.brazeroutes.stream.Causes;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Makes one line out of what Camel says about a route file: file, line, what is wrong, what to do. */
final class RouteErrors {

    private static final Pattern QUOTED = Pattern.compile("'(.+?)'");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final Pattern UNKNOWN_STEP = Pattern.compile("Unknown node id: (\\S+)");
    private static final Pattern UNKNOWN_PROPERTY = Pattern.compile("Property with key \\[(.*?)] not found");
    private static final Pattern UNKNOWN_PARAMETERS = Pattern.compile("Unknown parameters=\\[\\{(.*?)=");

    private RouteErrors() {
    }

    static String line(RouteFile file, Throwable failure) {
        int line = 0;
        String what = null;
        for (Throwable e = failure; e != null && e.getCause() != e; e = e.getCause()) {
            line = lineOf(file, e, line);
            what = known(e).orElse(e.getCause() == null && what == null ? Causes.line(e) : what);
        }
        return file.location() + (line > 0 ? ":" + line : "") + ": " + what.replaceAll("\\s+", " ").replaceFirst("\\.+$", "")
                + ". Mend the file; the other streams run";
    }

    /** Camel's more frequent complaints, in words that say where to look. */
    private static Optional<String> known(Throwable e) {
        String message = String.valueOf(e.getMessage());
        Matcher step = UNKNOWN_STEP.matcher(message);
        Matcher parameter = UNKNOWN_PARAMETERS.matcher(message);
        Matcher property = UNKNOWN_PROPERTY.matcher(message);
        String what = null;
        if (step.find()) {
            what = "there is no step '" + step.group(1) + "' in Camel; check the spelling";
        } else if (e instanceof ClassNotFoundException) {
            what = Causes.line(e) + "; check the name, or put its jar into lib/";
        } else if (message.contains("Non scalar key")) {
            what = "a placeholder must stand in quotes: \"{{…}}\"";
        } else if (message.contains("Unsupported type: SEQUENCE") || message.contains("Unsupported type: MAPPING")) {
            what = "a list or a map stands where text belongs; write its values on one line, with commas between them";
        } else if (e instanceof MarkedYamlEngineException yaml) {
            what = "it is no valid YAML: " + yaml.getProblem();
        } else if (property.find()) {
            what = "there is no setting '" + property.group(1) + "'; check the placeholder {{" + property.group(1) + "}}";
        } else if (e instanceof NoSuchBeanException bean) {
            what = "there is no bean '" + bean.getName() + "'; check the name";
        } else if (e instanceof NoSuchEndpointException endpoint) {
            what = "there is no component '" + scheme(endpoint.getUri()) + "'; check the spelling, or put its jars into lib/";
        } else if (e instanceof NoSuchLanguageException language) {
            what = "there is no language '" + language.getLanguage() + "'; check the spelling, or put the jars of camel-" + language.getLanguage() + " into lib/";
        } else if (e instanceof SimpleIllegalSyntaxException simple) {
            what = "the expression " + simple.getExpression() + " is wrong: " + Causes.line(e).replaceFirst(" at location \\d+.*", "");
        } else if (e instanceof ResolveEndpointFailedException endpoint && parameter.find()) {
            what = scheme(endpoint.getUri()) + " has no parameter '" + parameter.group(1) + "'; check the spelling";
        } else if (message.startsWith("Resource is empty")) {
            what = "the file is empty";
        }
        return Optional.ofNullable(what);
    }

    private static String scheme(String uri) {
        return uri.replaceFirst(":.*", "");
    }

    /** Camel counts to the step, sometimes to the line above: what is wrong stands there or a little below. */
    private static int lineOf(RouteFile file, Throwable e, int known) {
        int line = e instanceof DeclarationException declaration ? declaration.line() : known;
        if (e instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
            return yaml.getProblemMark().get().getLine() + 1;
        }
        int found = culprit(e).map(text -> file.lineOf(text, line)).orElse(0);
        Matcher said = LINE.matcher(String.valueOf(e.getMessage()));
        return found > 0 ? found : line == 0 && said.find() ? Integer.parseInt(said.group(1)) : line;
    }

    private static Optional<String> culprit(Throwable e) {
        Matcher quoted = QUOTED.matcher(String.valueOf(e.getMessage()));
        Matcher property = UNKNOWN_PROPERTY.matcher(String.valueOf(e.getMessage()));
        Matcher parameter = UNKNOWN_PARAMETERS.matcher(String.valueOf(e.getMessage()));
        String text = e instanceof NoSuchBeanException bean ? bean.getName()
                : e instanceof NoSuchEndpointException endpoint ? scheme(endpoint.getUri()) + ":"
                : e instanceof NoSuchLanguageException language ? language.getLanguage() + ":"
                : e instanceof ClassNotFoundException ? e.getMessage()
                : e instanceof SimpleIllegalSyntaxException simple ? simple.getExpression()
                : String.valueOf(e.getMessage()).contains("Non scalar key") ? ": {{"
                : property.find() ? "{{" + property.group(1)
                : parameter.find() ? parameter.group(1)
                : e instanceof DeclarationException && e.getCause() == null && quoted.find() ? quoted.group(1) : null;
        return Optional.ofNullable(text);
    }
}
