package org.brazeroutes.pass;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Stream;

/**
 * Knows whose series need not be read by every pass: an object that is archived, was not edited since, and whose look-back
 * days were all zero when they were read last is read by the first pass of a day only. So nothing is missed, and what changes
 * all the same is found a day later at most. A list says when an object was edited, its details that it is archived, its
 * series whether the days are zero: details and series each note the edit for which they saw it.
 */
final class Resting {

    /** The column of details that a list lacks. */
    static final String ARCHIVED = "archived";

    private final StateStore state;
    private final String stream;
    private final String details;
    private Map<String, String> seen = Map.of();
    private Map<String, String> archived = Map.of();

    /**
     * @param stream  the one that is read
     * @param details the one that tells which of the same objects are archived, or null if none does
     */
    Resting(StateStore state, Stream stream, Stream details) {
        this.state = state;
        this.stream = stream.name();
        this.details = details == null ? null : details.name();
    }

    /** Reads what was noted of these objects. */
    void load(List<Parent> parents) {
        List<String> ids = parents.stream().filter(parent -> parent.edited() != null).map(Parent::key).toList();
        seen = ids.isEmpty() ? Map.of() : state.seen(stream, ids);
        archived = ids.isEmpty() || details == null ? Map.of() : state.seen(details, ids);
    }

    /** True if an earlier pass of this day has read the object's series, and that is enough. */
    boolean rests(Parent parent, Cursor stored, LocalDate start, LocalDate today) {
        return parent.edited() != null
                && parent.edited().equals(archived.get(parent.key())) && parent.edited().equals(seen.get(parent.key()))
                && stored != null && !start.isBefore(stored.first()) && !stored.last().isBefore(today.minusDays(1));
    }

    /**
     * Hears, once one of the objects that were loaded last is read, whether it may rest as far as this stream can tell, as it was
     * edited last. By then others may have been loaded.
     */
    Consumer<Boolean> note(Parent parent) {
        String before = seen.get(parent.key());
        return may -> {
            String edited = may ? parent.edited() : null;
            if (!Objects.equals(edited, before)) {
                state.saveSeen(stream, parent.key(), edited);
            }
        };
    }
}
