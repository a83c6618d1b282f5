package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.brazeroutes.stream.Unnest.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnnestTest {

    @Test
    void keysOfObjectsAndPlacesInListsBecomeKeyColumns() {
        Unnest unnest = Unnest.parse("step_messages = step_stats.{step_id}.messages.{channel}[position]");
        assertThat(unnest.table()).isEqualTo("step_messages");
        assertThat(unnest.column()).isEqualTo("step_stats");
        assertThat(unnest.keyColumns()).containsExactly("step_id", "channel", "position");
        assertThat(unnest.endsInList()).isTrue();
        assertThat(unnest.steps()).containsExactly(new Step(Step.Kind.MEMBER, "step_stats"), new Step(Step.Kind.KEYS, "step_id"),
                new Step(Step.Kind.MEMBER, "messages"), new Step(Step.Kind.KEYS, "channel"), new Step(Step.Kind.PLACES, "position"));
    }

    @Test
    void anObjectOfObjectsEndsInNoList() {
        Unnest unnest = Unnest.parse("variants=variant_stats.{variant_id}");
        assertThat(unnest.endsInList()).isFalse();
        assertThat(unnest.keyColumns()).containsExactly("variant_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a = ", "A = m.{x}", "a = {x}", "a = m.{x", "a = m..{x}", "a = m.{x}!", "a = [p]", "a = m.{}", "a b = m.{x}"})
    void anotherFormIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> Unnest.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("unnest")
                .message().doesNotContain("\n");
    }
}
