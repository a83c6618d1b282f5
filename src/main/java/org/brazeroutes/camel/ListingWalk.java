package org.brazeroutes.camel;

import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Call;

/** The body of {@code direct:listing}: a parent's pages, read for a child stream and not stored. */
final class ListingWalk implements Asking {

    private final Pass child;
    private final Pages pages;
    private boolean ended;

    ListingWalk(Pass child, Pages pages) {
        this.child = child;
        this.pages = pages;
    }

    @Override
    public boolean hasNext() {
        if (!ended && !pages.hasNext()) {
            ended = true;
            pages.done();
        }
        return !ended;
    }

    @Override
    public Call next() {
        return child.call(pages.next());
    }

    @Override
    public void answered(Answer answer) {
        pages.answered(answer);
    }
}
