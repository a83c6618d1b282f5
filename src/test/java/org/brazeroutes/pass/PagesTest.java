package org.brazeroutes.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.state.StateStore.Listed;
import org.brazeroutes.stream.Declaration;
import org.junit.jupiter.api.Test;

class PagesTest {

    private final List<String> stored = new ArrayList<>();
    private Pages pages = after(new Listed(4, false, Set.of()));

    private Pages after(Listed before) {
        return new Pages(Declaration.parse("things", Map.of("path", "/things/list", "permission", "things.list", "records", "things",
                "pageSize", "2", "primaryKey", "id", "columns", "id string")), before, Set.of(), stored::clear, ended -> { });
    }

    @Test
    void ofAListThatIsWalkedAnewOnlyTheSecondWalkIsStored() {
        page("a", "b");
        page("c");
        assertThat(stored).as("the walk that seems to lack some").isEmpty();
        page("a", "b");
        page("d");
        assertThat(pages.hasNext()).isFalse();
        assertThat(stored).containsExactly("a", "b", "d");
        assertThat(pages.parents()).extracting(Parent::id).containsExactly("a", "b", "d");
    }

    @Test
    void anObjectThatSlippedIntoAPageThatWasReadIsFoundThoughTheListHasGrown() {
        pages = after(Listed.NOTHING);
        page("a", "b");
        page("c", "d");
        page();
        pages = after(pages.listed());
        stored.clear();
        page("a", "b");
        // a is archived, and c slips into the first page; e and f are new
        page("d", "e");
        page("f");
        page("b", "c");
        page("d", "e");
        page("f");
        assertThat(pages.hasNext()).isFalse();
        assertThat(stored).containsExactly("b", "c", "d", "e", "f");
    }

    @Test
    void ofAVeryLongListOnlyItsLengthIsKept() {
        pages = after(new Listed(4001, false, Set.of()));
        IntStream.range(0, 2001).forEach(i -> page("x" + i, "y" + i));
        page();
        assertThat(pages.listed()).isEqualTo(new Listed(4002, false, Set.of()));
    }

    @Test
    void aListThatHasAllThatItHadIsWalkedOnce() {
        pages = after(Listed.NOTHING);
        page("a", "b");
        page("c");
        pages = after(pages.listed());
        page("d", "c");
        page("b", "a");
        page();
        assertThat(pages.hasNext()).isFalse();
    }

    @Test
    void pagesOfAListWhoseKeyHasSeveralColumnsDoNotRepeatEachOther() {
        Pages kinds = new Pages(Declaration.parse("things", Map.of("path", "/things/list", "permission", "things.list", "records", "things",
                "pageSize", "2", "primaryKey", "kind, id", "columns", "kind string, id integer")), Listed.NOTHING, Set.of(), () -> { }, ended -> { });
        kinds.answered(new Answer(List.of(Map.of("kind", "a", "id", 1), Map.of("kind", "a", "id", 2))));
        kinds.answered(new Answer(List.of(Map.of("kind", "a", "id", 3), Map.of("kind", "a", "id", 4))));
        kinds.answered(new Answer(List.of()));
        assertThat(kinds.hasNext()).isFalse();
        assertThat(kinds.listed().count()).isEqualTo(4);
    }

    private void page(String... ids) {
        assertThat(pages.hasNext()).isTrue();
        pages.next();
        List<Map<String, Object>> records = Stream.of(ids).map(id -> Map.<String, Object>of("id", id)).toList();
        pages.answered(new Answer(records));
        pages.toStore(records).forEach(record -> stored.add(record.get("id").toString()));
    }
}
