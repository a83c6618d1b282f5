package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorListTest {
    private final SetClock clock = new SetClock("2026-03-10T12:30:00Z");
    private final World world = World.builder().clock(clock).campaigns(240).canvases(12).segments(100).events(260).cards(10)
            .build();
    private final Simulator simulator = Simulator.start(world);
    private final ApiClient client = new ApiClient(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void pagesHoldAHundredInOrderOfCreation() throws Exception {
        List<String> ids = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int page = 0; page < 4; page++) {
            List<String> onPage = ids("/campaigns/list", "campaigns", "page", page, "include_archived", true);
            sizes.add(onPage.size());
            ids.addAll(onPage);
        }
        assertThat(sizes).containsExactly(100, 100, 40, 0);
        assertThat(ids).isEqualTo(world.campaignIds());
        assertThat(ids("/campaigns/list", "campaigns", "include_archived", true)).isEqualTo(ids.subList(0, 100));
    }

    @Test
    void aFullLastPageIsFollowedByAnEmptyOne() throws Exception {
        assertThat(ids("/segments/list", "segments", "page", 0)).hasSize(100);
        JsonNode body = client.json("/segments/list", "page", 1);
        assertThat(body.toString()).isEqualTo("{\"message\":\"success\",\"segments\":[]}");
    }

    @Test
    void eventsAreNamesInAlphabeticalOrder250APage() throws Exception {
        List<String> names = new ArrayList<>();
        client.json("/events/list").get("events").forEach(name -> names.add(name.textValue()));
        assertThat(names).hasSize(250);
        client.json("/events/list", "page", 1).get("events").forEach(name -> names.add(name.textValue()));
        assertThat(names).hasSize(260).isSorted().isEqualTo(world.eventNames());
    }

    @ParameterizedTest
    @CsvSource({"/campaigns/list,campaigns", "/canvas/list,canvases", "/feed/list,cards"})
    void archivedObjectsAreListedOnDemand(String path, String member) throws Exception {
        List<String> all = ids(path, member, "include_archived", "true");
        List<String> some = ids(path, member, "include_archived", "false");
        assertThat(ids(path, member)).isEqualTo(some);
        String id = all.stream().filter(one -> !some.contains(one)).findFirst().orElseThrow();
        world.unarchive(id);
        assertThat(ids(path, member)).contains(id);
        world.archive(id);
        assertThat(ids(path, member)).isEqualTo(some);
    }

    @Test
    void archivedSegmentsAreNeverListedButStayReadable() throws Exception {
        String id = world.segmentIds().get(0);
        world.archive(id);
        assertThat(ids("/segments/list", "segments", "include_archived", true)).hasSize(99).doesNotContain(id);
        assertThat(client.status("/segments/details", "segment_id", id)).isEqualTo(200);
        assertThat(world.records("segments", world.today(), world.today())).hasSize(99);
    }

    @Test
    void newObjectsAppendAndDeletedOnesLeave() throws Exception {
        String canvas = world.addCanvas("new");
        assertThat(ids("/canvas/list", "canvases")).endsWith(canvas);
        world.delete(canvas);
        assertThat(ids("/canvas/list", "canvases")).doesNotContain(canvas);
        String card = world.addCard("new");
        assertThat(ids("/feed/list", "cards")).endsWith(card);
        world.addEvent("zzz" + "z".repeat(997));
        assertThat(client.json("/events/list", "page", 1).get("events").get(10).textValue()).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=-1", "page=x", "include_archived=yes"})
    void malformedParametersAreRefused(String parameter) throws Exception {
        String[] pair = parameter.split("=");
        assertThat(client.status("/campaigns/list", pair[0], pair[1])).isEqualTo(400);
    }

    @Test
    void unknownParametersAreIgnored() throws Exception {
        assertThat(client.status("/campaigns/list", "per_page", 5)).isEqualTo(200);
    }

    @Test
    void fieldsComeInDifferentOrders() throws Exception {
        List<List<String>> orders = new ArrayList<>();
        client.json("/campaigns/list").get("campaigns").forEach(record -> {
            List<String> names = new ArrayList<>();
            record.fieldNames().forEachRemaining(names::add);
            orders.add(names);
        });
        assertThat(orders.stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void aListShrinksWhileItIsPaged() throws Exception {
        List<String> before = ids("/campaigns/list", "campaigns", "page", 0);
        simulator.fault(Fault.on("/campaigns/list").where("page", "1").times(1)
                .answer(Answer.regularAfter(() -> world.archive(before.get(0)))));
        String missed = ids("/campaigns/list", "campaigns", "page", 1).get(0);
        clock.pass(Duration.ofMinutes(1));
        world.unarchive(before.get(0));
        assertThat(ids("/campaigns/list", "campaigns", "page", 1).get(1)).as("the first was never shown").isEqualTo(missed);
    }

    @Test
    void aPageRepeatsRecordsOfTheOneBefore() throws Exception {
        List<String> first = ids("/campaigns/list", "campaigns", "page", 0);
        List<String> second = ids("/campaigns/list", "campaigns", "page", 1);
        simulator.fault(Fault.on("/campaigns/list").where("page", "1").answer(Answer.repeatingPreviousPage(2)));
        List<String> repeating = ids("/campaigns/list", "campaigns", "page", 1);
        assertThat(repeating.subList(0, 2)).isEqualTo(first.subList(98, 100));
        assertThat(repeating.subList(2, repeating.size())).isEqualTo(second);
    }

    @Test
    void aListIsSuddenlyEmptyForSomeRequests() throws Exception {
        simulator.fault(Fault.on("/segments/list").times(2).answer(Answer.emptyLists()));
        assertThat(ids("/segments/list", "segments")).isEmpty();
        assertThat(ids("/segments/list", "segments")).isEmpty();
        assertThat(ids("/segments/list", "segments")).hasSize(100);
    }

    private List<String> ids(String path, String member, Object... query) throws Exception {
        List<String> ids = new ArrayList<>();
        client.json(path, query).get(member).forEach(record -> ids.add(record.get("id").textValue()));
        return ids;
    }
}
