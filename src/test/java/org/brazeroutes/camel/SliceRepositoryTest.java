package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Cursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceRepositoryTest {

    private static final String STREAM = "campaigns_analytics";

    @TempDir
    Path directory;
    private Database database;
    private StateStore state;
    private SliceRepository slices;
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void open() {
        String url = "jdbc:h2:file:" + directory.resolve("braze");
        database = Database.open(new DatabaseSettings(url, "", "", "", "", 5, url));
        state = StateStore.open(database);
        slices = new SliceRepository(state);
    }

    @AfterEach
    void close() {
        context.stop();
        database.close();
    }

    @Test
    void containsSlicesWhoseDaysAreAllStored() {
        store("c1", "2024-01-01", "2024-04-09");
        assertThat(slices.contains(key("c1", "2024-01-01", "2024-04-09"))).isTrue();
        assertThat(slices.contains(key("c1", "2024-02-01", "2024-02-01"))).isTrue();
        assertThat(slices.contains(key("c1", "2023-12-31", "2024-04-09"))).isFalse();
        assertThat(slices.contains(key("c1", "2024-04-09", "2024-04-10"))).isFalse();
        assertThat(slices.contains(key("c2", "2024-01-01", "2024-04-09"))).isFalse();
        assertThat(slices.contains("events_analytics|c1|2024-01-01|2024-04-09")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a|b", "|", "||2024-01-01|2024-01-02", "2024-01-01", "two\nlines", "'; --", " padded "})
    void partitionMayHoldAnyCharacter(String partition) {
        store(partition, "2024-01-01", "2024-01-31");
        assertThat(slices.contains(key(partition, "2024-01-01", "2024-01-31"))).isTrue();
        assertThat(slices.contains(key(partition + "|", "2024-01-01", "2024-01-31"))).isFalse();
    }

    @Test
    void nothingButTheRowsTransactionMarksASlice() {
        String key = key("c1", "2024-01-01", "2024-01-10");
        assertThat(slices.add(key)).isTrue();
        assertThat(slices.confirm(key)).isTrue();
        assertThat(slices.contains(key)).isFalse();
        store("c1", "2024-01-01", "2024-01-10");
        assertThat(slices.add(key)).isFalse();
        slices.remove(key);
        slices.clear();
        assertThat(slices.contains(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "campaigns_analytics", "campaigns_analytics|c1|2024-01-01", "campaigns_analytics|c1|first|last"})
    void keyOfAnotherFormIsRefused(String key) {
        assertThatThrownBy(() -> slices.contains(key)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key of a slice is <stream>|<partition>|<first day>|<last day>, not '" + key + "'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRouteSkipsAStoredSliceAndLosesNoneAfterAFailure(boolean eager) throws Exception {
        List<String> asked = new ArrayList<>();
        boolean[] fails = {true};
        context.getRegistry().bind(SliceRepository.BEAN, slices);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:slice").idempotentConsumer(simple(STREAM + "|c1|${body}")).idempotentRepository(SliceRepository.BEAN).eager(eager)
                    .process(exchange -> {
                        String days = exchange.getMessage().getBody(String.class);
                        asked.add(days);
                        database.transaction(connection -> {
                            state.save(connection, STREAM, List.of(new Checkpoint("c1", cursor(days.split("\\|")[0], days.split("\\|")[1]), null)));
                            if (fails[0]) {
                                throw new IllegalStateException("the rows were refused");
                            }
                            return null;
                        });
                    });
            }
        });
        context.start();
        ProducerTemplate route = context.createProducerTemplate();
        assertThatThrownBy(() -> route.sendBody("direct:slice", "2024-01-01|2024-04-09")).isInstanceOf(CamelExecutionException.class);
        fails[0] = false;
        route.sendBody("direct:slice", "2024-01-01|2024-04-09");
        route.sendBody("direct:slice", "2024-01-01|2024-04-09");
        route.sendBody("direct:slice", "2024-01-01|2024-04-10");
        assertThat(asked).containsExactly("2024-01-01|2024-04-09", "2024-01-01|2024-04-09", "2024-01-01|2024-04-10");
        assertThat(state.cursors(STREAM, List.of("c1"))).containsEntry("c1", cursor("2024-01-01", "2024-04-10"));
    }

    private void store(String partition, String first, String last) {
        database.transaction(connection -> {
            state.save(connection, STREAM, List.of(new Checkpoint(partition, cursor(first, last), null)));
            return null;
        });
    }

    private static Cursor cursor(String first, String last) {
        return new Cursor(LocalDate.parse(first), LocalDate.parse(last));
    }

    private static String key(String partition, String first, String last) {
        return STREAM + "|" + partition + "|" + first + "|" + last;
    }
}
