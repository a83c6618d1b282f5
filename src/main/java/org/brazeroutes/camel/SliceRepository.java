package org.brazeroutes.camel;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Cursor;

/**
 * The cursors as Camel sees them: a slice is contained if all its days are stored. Routes name it in an
 * {@code idempotentConsumer} with the key {@code <stream>|<partition>|<first day>|<last day>}. A slice becomes stored only
 * by the transaction of its rows, so nothing here marks one: a failure or a kill loses none, with eager or without.
 */
final class SliceRepository extends ServiceSupport implements IdempotentRepository {

    static final String BEAN = "slices";

    /** A partition may hold any character, also the one between the parts. */
    private static final Pattern KEY = Pattern.compile("([^|]+)\\|(.*)\\|([^|]+)\\|([^|]+)", Pattern.DOTALL);

    private final StateStore state;

    SliceRepository(StateStore state) {
        this.state = state;
    }

    /** True if the slice is not stored, so that the route goes on with it. */
    @Override
    public boolean add(String key) {
        return !contains(key);
    }

    @Override
    public boolean contains(String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw wrong(key);
        }
        LocalDate first = day(key, parts.group(3));
        LocalDate last = day(key, parts.group(4));
        Cursor stored = state.cursors(parts.group(1), List.of(parts.group(2))).get(parts.group(2));
        return stored != null && !first.isBefore(stored.first()) && !last.isAfter(stored.last());
    }

    /** Does nothing: the rows' transaction has confirmed it, or it stays open. */
    @Override
    public boolean confirm(String key) {
        return true;
    }

    /** Does nothing: a slice that failed was never marked. */
    @Override
    public boolean remove(String key) {
        return true;
    }

    /** Does nothing: {@code reset} forgets what was read. */
    @Override
    public void clear() {
    }

    private static LocalDate day(String key, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(key);
        }
    }

    private static IllegalArgumentException wrong(String key) {
        return new IllegalArgumentException("the key of a slice is <stream>|<partition>|<first day>|<last day>, not '" + key + "'");
    }
}
