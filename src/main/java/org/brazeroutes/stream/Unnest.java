package org.brazeroutes.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A table of the rows inside an object column, written {@code table = member.{key}.member.{key}[index]}:
 * {@code {channel}} puts the keys of an object into the column {@code channel}, {@code [position]} the places of a list
 * (from 0) into {@code position}.
 *
 * @param table the unnested table's name
 * @param steps the way from the record to the inner rows
 */
public record Unnest(String table, List<Step> steps) {

    /** One step of the way: into a member, over all keys of an object, or over all places of a list. */
    public record Step(Kind kind, String name) {
        public enum Kind { MEMBER, KEYS, PLACES }
    }

    private static final Pattern TEXT = Pattern.compile("([a-z_][a-z0-9_]{0,62})\\s*=\\s*(\\S+)");
    private static final Pattern STEP = Pattern.compile("\\.?(?:(\\w+)|\\{(\\w{1,63})}|\\[(\\w{1,63})])");

    static Unnest parse(String text) {
        Matcher whole = TEXT.matcher(text.trim());
        if (!whole.matches()) {
            throw new IllegalArgumentException("unnest '" + text.trim() + "' is not 'table = path',"
                    + " the table's name of lower-case letters, digits and _, 63 at most");
        }
        String path = whole.group(2);
        Matcher step = STEP.matcher(path);
        var steps = new ArrayList<Step>();
        int end = 0;
        while (step.find() && step.start() == end) {
            steps.add(step.group(1) != null ? new Step(Step.Kind.MEMBER, step.group(1))
                    : step.group(2) != null ? new Step(Step.Kind.KEYS, step.group(2))
                    : new Step(Step.Kind.PLACES, step.group(3)));
            end = step.end();
        }
        if (end != path.length() || steps.isEmpty() || steps.get(0).kind() != Step.Kind.MEMBER) {
            throw new IllegalArgumentException("unnest path '" + path + "' is not of the form member.{key}[index]");
        }
        return new Unnest(whole.group(1), List.copyOf(steps));
    }

    /** The columns that the way fills, in its order; with the parent's key they are the table's key. */
    public List<String> keyColumns() {
        return keySteps().map(Step::name).toList();
    }

    /** True if the inner rows stand in lists: then they are the messages of a channel, else objects with a name. */
    public boolean endsInList() {
        return steps.get(steps.size() - 1).kind() == Step.Kind.PLACES;
    }

    /** The record's column that holds the inner rows. */
    public String column() {
        return steps.get(0).name();
    }

    /** The steps that fill a column. */
    public Stream<Step> keySteps() {
        return steps.stream().filter(step -> step.kind() != Step.Kind.MEMBER);
    }
}
