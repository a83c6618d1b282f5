package org.brazeroutes.pass;

/** The list of a stream's parents could not be read. */
final class ParentFailedException extends RuntimeException {

    private final PassResult ended;

    ParentFailedException(PassResult ended) {
        super("there is no list to walk over, for its parent stream " + ended.stream() + " ended as " + ended.result().text()
                + (ended.error() == null ? "" : " (" + ended.error() + ")"));
        this.ended = ended;
    }

    /** What its pass came to. */
    PassResult ended() {
        return ended;
    }
}
