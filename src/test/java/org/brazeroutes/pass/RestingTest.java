package org.brazeroutes.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.junit.jupiter.api.Test;

class RestingTest {

    @Test
    void aNoteIsHeldAgainstTheOneBeforeThoughOtherObjectsWereLoadedMeanwhile() {
        Stream stream = Declaration.parse("segments", Map.of("path", "/segments/list", "permission", "segments.list",
                "records", "segments", "pageSize", "100", "primaryKey", "id", "columns", "id string"));
        String url = "jdbc:h2:mem:resting";
        try (Database database = Database.open(new DatabaseSettings(url, "sa", "", "", "", 5, url))) {
            StateStore state = StateStore.open(database);
            Parent early = new Parent("early", Map.of(), "2026-01-01T00:00:00Z");
            state.saveSeen("segments", "early", early.edited());
            Resting resting = new Resting(state, stream, null);
            resting.load(List.of(early));
            Consumer<Boolean> note = resting.note(early);
            resting.load(List.of(new Parent("late", Map.of(), early.edited())));
            note.accept(false);
            assertThat(state.seen("segments", List.of("early"))).isEmpty();
        }
    }
}
