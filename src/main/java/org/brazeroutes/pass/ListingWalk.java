package org.brazeroutes.pass;

import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Call;

/** A parent's pages, read for a child stream and not stored. */
record ListingWalk(Pass child, Pages pages) implements Asking {

    @Override
    public boolean hasNext() {
        return pages.hasNext();
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
