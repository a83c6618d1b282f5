package org.brazeroutes.camel;

import java.util.Map;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Request;

/** The one request of a partition whose answer is one record. */
final class Details implements Requests {

    private final Request request;
    private boolean answered;

    Details(Request request) {
        this.request = request;
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
    }
}
