package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.brazeroutes.sink.Answers.Answer;
import org.brazeroutes.stream.Checkpoint;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void whatAnErrorLeavesUndoneDoesNotPassForStored() {
        Answers answers = new Answers(1, group -> {
            throw new OutOfMemoryError("no room");
        });
        Answer answer = new Answer(List.of(), 0, Checkpoint.NONE);
        assertThatThrownBy(() -> answers.store(answer)).isInstanceOf(OutOfMemoryError.class);
        assertThat(answer.failure).hasMessage("an answer could not be stored");
    }
}
