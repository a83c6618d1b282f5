package org.brazeroutes.pass;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.BrazeException;
import org.brazeroutes.braze.Request;
import org.brazeroutes.state.StateStore.Listed;
import org.brazeroutes.stream.Stream;

/**
 * The pages of a list, from 0 until one is not full. Pages shift when objects are archived meanwhile, and one may slip from a page
 * that is still to be read into one that was read: ids are kept once, and a list of several pages that lacks an object it had, or any
 * that is suddenly empty, is walked a second time.
 */
final class Pages implements Requests {

    private static final String LAST_EDITED = "last_edited";
    /** Of a longer list only the length is known afterwards: not each database holds more in a text. */
    private static final int MOST_PRINTS = 4000;

    private final Stream stream;
    private final Listed before;
    private final Runnable onRestart;
    private final Consumer<Pages> onEnd;
    /** By their keys. */
    private final Map<Object, Parent> parents = new LinkedHashMap<>();
    private final Set<String> fields;
    private int page;
    private boolean again;
    private boolean end;

    /**
     * @param before    what the last listing held
     * @param fields    the fields by which children choose
     * @param onRestart called when the walk starts anew
     * @param onEnd     called when it is over and the last page is stored
     */
    Pages(Stream stream, Listed before, Set<String> fields, Runnable onRestart, Consumer<Pages> onEnd) {
        this.stream = stream;
        this.before = before;
        this.fields = new HashSet<>(fields);
        this.onRestart = onRestart;
        this.onEnd = onEnd;
    }

    @Override
    public boolean hasNext() {
        return !end;
    }

    @Override
    public Request next() {
        Map<String, String> query = new LinkedHashMap<>(stream.query());
        query.put("page", String.valueOf(page));
        return new Request(stream, query, "page " + page);
    }

    @Override
    public void answered(Answer answer) {
        int known = parents.size();
        for (Map<String, Object> record : answer.records()) {
            String id = String.valueOf(record.get(stream.primaryKey().get(0)));
            Object identity = stream.primaryKey().size() == 1 ? id : stream.primaryKey().stream().map(record::get).toList();
            parents.put(identity, new Parent(id, chosen(record), record.get(LAST_EDITED) instanceof String edited ? edited : null));
        }
        page++;
        end = answer.records().size() < stream.pageSize();
        if (!end && parents.size() == known) {
            throw new BrazeException(BrazeException.Reason.BROKEN, "GET " + stream.path() + " repeats its pages: page " + (page - 1)
                    + " is full but holds nothing new. Run again; if that does not help, it is not paged by page=0, 1, 2 as lists here must be");
        }
        if (end && !again && (page > 1 || parents.isEmpty()) && lacksSome()) {
            again = true;
            end = false;
            page = 0;
            parents.clear();
            onRestart.run();
        }
    }

    private boolean lacksSome() {
        return parents.size() < before.count() || !prints().containsAll(before.prints());
    }

    /** Hashes of the keys, the same in every process. That two of them are equal is rare, and hides an object for a pass. */
    private Set<String> prints() {
        return parents.size() > MOST_PRINTS ? Set.of() : parents.keySet().stream()
                .map(key -> Integer.toString(key.hashCode(), Character.MAX_RADIX)).collect(Collectors.toSet());
    }

    /** Of the page after which the walk starts anew nothing: what was stored of the first walk is gone too. */
    @Override
    public List<Map<String, Object>> toStore(List<Map<String, Object>> records) {
        return page == 0 ? List.of() : records;
    }

    @Override
    public void done() {
        onEnd.accept(this);
    }

    private Map<String, Boolean> chosen(Map<String, Object> record) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        Map<String, Boolean> chosen = new LinkedHashMap<>();
        // where Braze does not say, it may be: one that is none after all is refused
        fields.forEach(field -> chosen.put(field, !Boolean.FALSE.equals(record.get(field))));
        return chosen;
    }

    /** An empty list where objects were counts only when the pass after finds it empty too. */
    boolean counts() {
        return !parents.isEmpty() || before.count() == 0 || before.emptyOnce();
    }

    Listed listed() {
        return counts() ? new Listed(parents.size(), false, prints()) : new Listed(before.count(), true, before.prints());
    }

    List<Parent> parents() {
        return List.copyOf(parents.values());
    }
}
