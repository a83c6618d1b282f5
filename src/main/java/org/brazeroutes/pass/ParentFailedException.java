package org.brazeroutes.pass;

/** The list of a stream's parents could not be read. */
final class ParentFailedException extends RuntimeException {

    private final String parent;
    private final Result result;

    ParentFailedException(String parent, PassResult result) {
        super("there is no list to walk over, for its parent stream " + parent + " ended as " + result.result().text()
                + (result.error() == null ? "" : " (" + result.error() + ")"));
        this.parent = parent;
        this.result = result.result();
    }

    String parent() {
        return parent;
    }

    Result result() {
        return result;
    }
}
