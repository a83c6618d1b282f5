package org.brazeroutes.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the names of environment variables: which mean a setting, and which look as if they should. */
final class Environment {

    private static final List<String> NAMESPACES =
            Names.NAMESPACES.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    private static final Set<String> COMMON = Declared.all().stream().filter(setting -> !setting.perStream())
            .map(Setting::environmentName).collect(Collectors.toUnmodifiableSet());
    private static final List<String> OF_STREAM = Declared.perStream().stream()
            .map(setting -> setting.environmentName().substring("STREAM_<NAME>".length())).toList();
    /** For a service called http, say, Kubernetes sets HTTP_PORT=tcp://10.0.0.7:80 in every container. */
    private static final Pattern INJECTED_VALUE = Pattern.compile("(?:tcp|udp|sctp)://.*");
    /** HTTP_PROXY and many like it belong to others. */
    private static final int NEAR = 2;

    private Environment() {
    }

    static boolean injectedByKubernetes(String value) {
        return INJECTED_VALUE.matcher(value).matches();
    }

    /** The stream that a variable such as STREAM_CAMPAIGNS_LOOKBACK_DAYS speaks of, in lower case. */
    static Optional<String> stream(String variable) {
        String name = withoutFile(variable);
        return !name.startsWith("STREAM_") ? Optional.empty() : OF_STREAM.stream()
                .filter(end -> name.endsWith(end) && name.length() > "STREAM_".length() + end.length())
                .map(end -> name.substring("STREAM_".length(), name.length() - end.length()).toLowerCase(Locale.ROOT))
                .findFirst();
    }

    /** One line for each variable that is ignored though it looks like a setting. */
    static List<String> warnings(Collection<String> variables) {
        List<String> warnings = new ArrayList<>();
        for (String variable : variables.stream().sorted().toList()) {
            if (ours(variable) && !COMMON.contains(withoutFile(variable)) && stream(variable).isEmpty()) {
                String nearest = nearest(variable);
                if (!variable.startsWith("HTTP_") || Nearest.distance(variable, nearest) <= NEAR) {
                    warnings.add(variable + " is ignored, no setting has this name; did you mean " + nearest + "?");
                }
            }
        }
        return warnings;
    }

    private static boolean ours(String variable) {
        boolean injected = variable.contains("_SERVICE_") || variable.contains("_PORT");
        return NAMESPACES.stream().anyMatch(space -> variable.equals(space) || variable.startsWith(space + "_"))
                && (!injected || COMMON.contains(variable));
    }

    private static String nearest(String variable) {
        String ending = variable.endsWith("_FILE") ? "_FILE" : "";
        Stream<String> ofStream = OF_STREAM.stream().map(end -> "STREAM_<NAME>" + end);
        List<String> candidates = Stream.concat(COMMON.stream(), ofStream).map(name -> name + ending).toList();
        return Nearest.to(variable, candidates).orElseThrow();
    }

    private static String withoutFile(String variable) {
        return variable.endsWith("_FILE") && !COMMON.contains(variable)
                ? variable.substring(0, variable.length() - "_FILE".length()) : variable;
    }
}
