package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.Test;

/** What a sync says of streams that failed: each reason once. */
class SyncReportTest {

    private static final String LIMIT = "GET /campaigns/list (page 0): Braze answered 503, 3 tries. Run again to go on";

    @Test
    void aListThatFailedIsOneLineWithTheChildrenThatLackIt() {
        assertThat(errors(failed("campaigns", LIMIT), complete("segments"), lacking("campaigns_details", "campaigns", LIMIT),
                lacking("campaigns_analytics", "campaigns", LIMIT), failed("events", "GET /events/list (page 0): Connection reset, 3 tries")))
                .containsExactly("campaigns, campaigns_details, campaigns_analytics: " + LIMIT,
                        "events: GET /events/list (page 0): Connection reset, 3 tries");
    }

    @Test
    void whatEndsAllStreamsIsOneLine() {
        String key = "Braze answered 401. The key is wrong";
        assertThat(errors(failed("campaigns", key), failed("segments", key), lacking("campaigns_details", "campaigns", key)))
                .containsExactly("all streams: " + key);
    }

    @Test
    void aChildWithoutItsParentInTheSyncNamesTheList() {
        assertThat(errors(lacking("campaigns_details", "campaigns", LIMIT)))
                .containsExactly("campaigns_details: there is no list to walk over, for its parent stream campaigns ended as failed (campaigns: " + LIMIT + ")");
    }

    @Test
    void aStreamWhoseRouteFileIsBrokenHasNoMode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PassResult broken = new PassResult("events", "", Result.FAILED, 0, 0, 0, 0, 0, 0, null, null,
                "events: events.yaml cannot be read", false, null, List.of());
        SyncReport.print(List.of(broken), Recording.console(out, new ByteArrayOutputStream(), ""), true);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"stream\":\"events\",\"mode\":null,\"result\":\"failed\"");
    }

    private static List<String> errors(PassResult... results) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        SyncReport.print(List.of(results), Recording.console(new ByteArrayOutputStream(), err, ""), false);
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PassResult complete(String stream) {
        return new PassResult(stream, "full_refresh_overwrite", Result.COMPLETE, 1, 1, 1, 0, 0, 5, null, null, null, false, null, List.of());
    }

    private static PassResult failed(String stream, String why) {
        return failed(stream, why, null);
    }

    private static PassResult failed(String stream, String why, String because) {
        return new PassResult(stream, "full_refresh_overwrite", Result.FAILED, 0, 0, 3, 2, 0, 5, null, null, stream + ": " + why, false, because, List.of());
    }

    private static PassResult lacking(String stream, String parent, String why) {
        return failed(stream, "there is no list to walk over, for its parent stream " + parent + " ended as failed (" + parent + ": " + why + ")", parent);
    }
}
