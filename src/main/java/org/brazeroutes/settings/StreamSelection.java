package org.brazeroutes.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which streams are wanted: named ones or all, less those written with a minus before them. */
public record StreamSelection(boolean all, Set<String> named, Set<String> leftOut) {

    static StreamSelection parse(String text) {
        Set<String> named = new LinkedHashSet<>(Parsers.list(text));
        if (named.contains("-")) {
            throw new BadValue("use all, or names separated by commas; -cards leaves one out");
        }
        Set<String> leftOut = new LinkedHashSet<>();
        named.removeIf(word -> word.startsWith("-") && leftOut.add(word.substring(1).strip()));
        boolean all = named.remove("all") || named.isEmpty();
        return new StreamSelection(all, Set.copyOf(named), Set.copyOf(leftOut));
    }

    public boolean includes(String stream) {
        return (all || named.contains(stream)) && !leftOut.contains(stream);
    }

    /** One line for each name that is no stream, with the nearest one that is. */
    public List<String> problems(Collection<String> streams) {
        List<String> problems = new ArrayList<>();
        Stream.concat(named.stream(), leftOut.stream()).sorted().distinct()
                .filter(word -> !streams.contains(word))
                .forEach(word -> problems.add(unknown(word, streams)));
        return problems;
    }

    static String unknown(String word, Collection<String> streams) {
        return "'" + BadValue.shown(word) + "' is no stream"
                + Nearest.to(word, streams).map(nearest -> "; did you mean '" + nearest + "'? They are listed by: streams").orElse("");
    }
}
