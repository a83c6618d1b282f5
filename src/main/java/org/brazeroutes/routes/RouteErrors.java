package org.brazeroutes.routes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
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

    /** What is wrong, and the text that stands in the file where it is, null if none does. */
    private record Complaint(String what, String culprit) {
    }

    static String line(RouteFile file, Throwable failure) {
        int line = 0;
        int route = 0;
        String what = null;
        for (Throwable e = failure; e != null && e.getCause() != e; e = e.getCause()) {
            Complaint complaint = complaint(e);
            line = lineOf(file, e, complaint.culprit, line);
            route = e instanceof FailedToCreateRouteException failed ? file.lineOf("id: " + failed.getRouteId(), 0) : route;
            what = complaint.what != null ? complaint.what : e.getCause() == null && what == null ? Causes.line(e) : what;
        }
        line = line > 0 ? line : route;
        return file.location() + (line > 0 ? ":" + line : "") + ": " + what.replaceAll("\\s+", " ").replaceFirst("\\.+$", "")
                + ". Mend the file; the other streams run";
    }

    /** Camel's more frequent complaints, in words that say where to look; empty for others. */
    private static Complaint complaint(Throwable e) {
        String message = String.valueOf(e.getMessage());
        Matcher step = UNKNOWN_STEP.matcher(message);
        Matcher parameter = UNKNOWN_PARAMETERS.matcher(message);
        Matcher property = UNKNOWN_PROPERTY.matcher(message);
        Matcher quoted = QUOTED.matcher(message);
        if (step.find()) {
            return new Complaint("there is no step '" + step.group(1) + "' in Camel; check the spelling", null);
        }
        if (e instanceof UnsupportedOperationException && e.getMessage() == null) {
            return new Complaint("nothing stands where Camel needs something, behind 'route:' say", "route:");
        }
        if (e instanceof StackOverflowError) {
            return new Complaint("it is nested too deep", null);
        }
        if (e instanceof ClassNotFoundException) {
            return new Complaint(Causes.line(e) + "; check the name, or put its jar into lib/", message);
        }
        if (message.contains("Non scalar key")) {
            return new Complaint("a placeholder must stand in quotes: \"{{…}}\"", ": {{");
        }
        if (message.contains("Unsupported type: SEQUENCE") || message.contains("Unsupported type: MAPPING")) {
            return new Complaint("a list or a map stands where text belongs; write its values on one line, with commas between them", null);
        }
        if (e instanceof MarkedYamlEngineException yaml) {
            return new Complaint("it is no valid YAML: " + yaml.getProblem(), null);
        }
        if (property.find()) {
            return new Complaint("there is no setting '" + property.group(1) + "'; check the placeholder {{" + property.group(1) + "}}",
                    "{{" + property.group(1));
        }
        if (e instanceof NoSuchBeanException bean) {
            return new Complaint("there is no bean '" + bean.getName() + "'; check the name", bean.getName());
        }
        if (e instanceof NoSuchEndpointException endpoint) {
            return new Complaint("there is no component '" + scheme(endpoint.getUri()) + "'; check the spelling, or put its jars into lib/",
                    scheme(endpoint.getUri()) + ":");
        }
        if (e instanceof NoSuchLanguageException language) {
            return new Complaint("there is no language '" + language.getLanguage() + "'; check the spelling, or put the jars of camel-" + language.getLanguage()
                    + " into lib/", language.getLanguage() + ":");
        }
        if (e instanceof SimpleIllegalSyntaxException simple) {
            return new Complaint("the expression " + simple.getExpression() + " is wrong: " + Causes.line(e).replaceFirst(" at location \\d+.*", ""),
                    simple.getExpression());
        }
        if (e instanceof ResolveEndpointFailedException endpoint && parameter.find()) {
            return new Complaint(scheme(endpoint.getUri()) + " has no parameter '" + parameter.group(1) + "'; check the spelling", parameter.group(1));
        }
        if (e instanceof DeclarationException && e.getCause() == null && quoted.find()) {
            return new Complaint(null, quoted.group(1));
        }
        return new Complaint(null, null);
    }

    private static String scheme(String uri) {
        return uri.replaceFirst("(?s):.*", "");
    }

    /** Camel counts to the step, sometimes to the line above: what is wrong stands there or a little below. */
    private static int lineOf(RouteFile file, Throwable e, String culprit, int known) {
        int line = e instanceof DeclarationException declaration ? declaration.line() : known;
        if (e instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
            return yaml.getProblemMark().get().getLine() + 1;
        }
        int found = culprit == null ? 0 : file.lineOf(culprit, line);
        Matcher said = LINE.matcher(String.valueOf(e.getMessage()));
        return found > 0 ? found : line == 0 && said.find() ? Integer.parseInt(said.group(1)) : line;
    }
}
