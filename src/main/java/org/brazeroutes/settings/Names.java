package org.brazeroutes.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells right setting names from wrong ones, in the namespaces that are ours. */
final class Names {

    static final List<String> NAMESPACES = List.of("braze", "sync", "stream", "sink", "state", "routes", "http");

    private static final Pattern OF_STREAM = Pattern.compile("stream\\.(.+)\\.([^.]+)");
    private static final Set<String> COMMON = Declared.all().stream().filter(setting -> !setting.perStream())
            .map(Setting::name).collect(Collectors.toUnmodifiableSet());
    private static final Map<String, String> BY_VARIABLE = Declared.all().stream().filter(setting -> !setting.perStream())
            .collect(Collectors.toUnmodifiableMap(Setting::environmentName, Setting::name));

    private Names() {
    }

    /** Whether a name lies in one of our namespaces, or is a variable's name written where a setting's belongs. */
    static boolean ours(String name) {
        return NAMESPACES.contains(name.split("\\.", 2)[0].toLowerCase(Locale.ROOT)) || BY_VARIABLE.containsKey(name);
    }

    /** The stream that a right {@code stream.<name>.x} speaks of. */
    static Optional<String> stream(String name) {
        Matcher matcher = OF_STREAM.matcher(name);
        return matcher.matches() && perStream(matcher.group(1)).contains(name) ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** One line for each of our names that is no setting; one alone for what is no list of names and values. */
    static List<String> problems(Collection<String> names, String origin) {
        if (names.stream().anyMatch(name -> name.startsWith("{") || name.startsWith("\""))) {
            return List.of(origin + " looks like JSON; settings are lines of name=value, such as braze.endpoint=US-03");
        }
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            if (ours(name) && !COMMON.contains(name) && stream(name).isEmpty()) {
                problems.add(problem(name, nearest(name), origin));
            } else if (!ours(name)) {
                meant(name).ifPresent(setting -> problems.add(problem(name, setting, origin)));
            }
        }
        return problems;
    }

    private static String problem(String name, String meant, String origin) {
        return BadValue.shown(name) + " is no setting; did you mean " + meant + "? (from " + origin + ")";
    }

    /** The setting that a name outside of our namespaces would be but for its dots, or for one wrong letter before the first of them. */
    private static Optional<String> meant(String name) {
        Optional<String> undotted = COMMON.stream().filter(setting -> letters(setting).equals(letters(name))).findFirst();
        if (undotted.isPresent()) {
            return undotted;
        }
        String first = name.split("\\.", 2)[0];
        return NAMESPACES.stream().filter(namespace -> Nearest.distance(first, namespace) == 1)
                .map(namespace -> namespace + name.substring(first.length()))
                .filter(setting -> COMMON.contains(setting) || stream(setting).isPresent()).findFirst();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    private static String nearest(String name) {
        if (BY_VARIABLE.containsKey(name)) {
            return BY_VARIABLE.get(name);
        }
        List<String> candidates = new ArrayList<>(COMMON);
        Matcher matcher = OF_STREAM.matcher(name);
        candidates.addAll(perStream(matcher.matches() ? matcher.group(1) : Setting.STREAM));
        return Nearest.to(name, candidates).orElseThrow();
    }

    private static List<String> perStream(String stream) {
        return Declared.perStream().stream().map(setting -> setting.forStream(stream).name()).toList();
    }
}
