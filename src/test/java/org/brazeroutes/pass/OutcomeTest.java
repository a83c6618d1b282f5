package org.brazeroutes.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.brazeroutes.stream.Declaration;
import org.junit.jupiter.api.Test;

/** What a pass ends as, whatever comes behind. */
class OutcomeTest {

    private final Outcome outcome = new Outcome(Declaration.parse("segments", Map.of("path", "/segments/list", "permission", "segments.list",
            "records", "segments", "pageSize", "100", "primaryKey", "id", "columns", "id string")), List.of());

    @Test
    void aStopAfterACompletePassLeavesItComplete() {
        assertThat(outcome.settle(1, false)).isEqualTo(Result.COMPLETE);
        assertThat(outcome.settle(1, true)).isEqualTo(Result.COMPLETE);
        outcome.end(Result.INTERRUPTED, "segments: stopped", null);
        assertThat(outcome.result()).isEqualTo(Result.COMPLETE);
        assertThat(outcome.error()).isNull();
    }

    @Test
    void aRecordThatIsRefusedAtTheEndMakesACompletePassPartialAndNoneTheBetter() {
        outcome.settle(1, false);
        outcome.recordRefused("a record has no valid id");
        assertThat(outcome.result()).isEqualTo(Result.PARTIAL);
        assertThat(outcome.error()).isEqualTo("segments: a record has no valid id");
        assertThat(outcome.whole()).as("every partition was read to its end").isTrue();
        outcome.broken(new IllegalStateException("the disk is full"));
        outcome.recordRefused("one more");
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
    }

    @Test
    void aPartitionThatFailsAtTheEndMakesACompletePassPartial() {
        outcome.settle(3, false);
        outcome.partitionsFailed(1, "GET /segments/list: Braze answered 500");
        assertThat(outcome.result()).isEqualTo(Result.PARTIAL);
        assertThat(outcome.notes(3, 0)).containsExactly("1 of 3 partitions failed");
    }

    @Test
    void ofSeveralStepsThatFailTheFirstSaysWhy() {
        outcome.settle(1, false);
        outcome.broken(new IllegalStateException("the disk is full"));
        outcome.broken(new IllegalStateException("the file is closed"));
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.error()).isEqualTo("segments: the disk is full");
    }

    @Test
    void aStopBeforeTheEndInterrupts() {
        assertThat(outcome.settle(1, true)).isEqualTo(Result.INTERRUPTED);
        assertThat(outcome.whole()).isFalse();
    }

    @Test
    void whatEndedAPassFirstCounts() {
        outcome.end(Result.FAILED, "segments: the parent ended as failed", "campaigns");
        outcome.end(Result.BUSY, "another process", null);
        assertThat(outcome.open()).isFalse();
        assertThat(outcome.settle(1, true)).isEqualTo(Result.FAILED);
        assertThat(outcome.error()).isEqualTo("segments: the parent ended as failed");
        assertThat(outcome.because()).isEqualTo("campaigns");
    }
}
