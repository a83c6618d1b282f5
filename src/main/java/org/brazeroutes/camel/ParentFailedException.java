package org.brazeroutes.camel;

/** The list of a stream's parents could not be read. */
final class ParentFailedException extends RuntimeException {

    private final Result result;

    ParentFailedException(String parent, PassResult result) {
        super("its parent stream " + parent + " was " + result.result().text() + ", so there is no list to walk over"
                + (result.error() == null ? "" : " (" + result.error() + ")"));
        this.result = result.result();
    }

    Result result() {
        return result;
    }
}
