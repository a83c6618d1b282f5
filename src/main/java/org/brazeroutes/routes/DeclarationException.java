package org.brazeroutes.routes;

/** A stream's declaration is wrong, at that line of its file. */
final class DeclarationException extends Exception {

    private final int line;

    DeclarationException(int line, String message) {
        super(message);
        this.line = line;
    }

    DeclarationException(int line, Throwable cause) {
        super(cause);
        this.line = line;
    }

    int line() {
        return line;
    }
}
