package org.brazeroutes.pass;

import java.util.function.Consumer;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Request;

/** The one request of a partition whose answer is one record. */
final class Details implements Requests {

    private final Request request;
    private final Consumer<Boolean> onEnd;
    private boolean answered;
    private boolean archived;

    /** @param onEnd hears, once the record is stored, whether its object is archived */
    Details(Request request, Consumer<Boolean> onEnd) {
        this.request = request;
        this.onEnd = onEnd;
    }

    @Override
    public boolean hasNext() {
        return !answered;
    }

    @Override
    public Request next() {
        return request;
    }

    @Override
    public void answered(Answer answer) {
        answered = true;
        archived = answer.records().stream().anyMatch(record -> Boolean.TRUE.equals(record.get(Resting.ARCHIVED)));
    }

    @Override
    public void done() {
        onEnd.accept(archived);
    }
}
