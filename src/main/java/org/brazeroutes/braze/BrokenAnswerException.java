package org.brazeroutes.braze;

/** An answer with status 200 that is not what its endpoint promises; asking again may help. */
final class BrokenAnswerException extends Exception {

    BrokenAnswerException(String message) {
        super(message);
    }
}
