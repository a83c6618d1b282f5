package org.brazeroutes.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.brazeroutes.stream.Checkpoint;

/**
 * Answers that wait to be stored. What comes while a transaction is under way shares the next one: a thread whose answer waits stores all
 * that wait, as soon as it may.
 */
final class Answers {

    /** Rows from which on a transaction gets no larger: fewer cost a commit each, more make H2's file grow. */
    private static final int ENOUGH_ROWS = 2000;

    /** Rows that are worth a second transaction beside a running one. */
    private static final int ROWS_BESIDE = 500;

    private static final RuntimeException UNDONE = new RecordException("an answer could not be stored");

    /** The rows of one answer, and what became of them. */
    static final class Answer {

        final Collection<Row> rows;
        final Checkpoint checkpoint;
        private final long allRows;
        private boolean done;
        long changed;
        /** Null once it is stored: what an Error leaves undone must not pass for stored. */
        RuntimeException failure = UNDONE;

        /** @param inner about how many rows unnested tables will get */
        Answer(Collection<Row> rows, long inner, Checkpoint checkpoint) {
            this.rows = rows;
            this.allRows = rows.size() + inner;
            this.checkpoint = checkpoint;
        }
    }

    private final int writers;
    private final Consumer<List<Answer>> transaction;
    private final Deque<Answer> waiting = new ArrayDeque<>();
    /** With those that unnested tables will get. */
    private long waitingRows;
    private int writing;

    /**
     * @param writers     transactions that may be under way at the same time
     * @param transaction stores answers together, and notes in each what became of it
     */
    Answers(int writers, Consumer<List<Answer>> transaction) {
        this.writers = writers;
        this.transaction = transaction;
    }

    /** Returns once a transaction has dealt with the answer, this thread's or another one's. An interrupt does not end the wait for it. */
    void store(Answer answer) {
        synchronized (this) {
            waiting.add(answer);
            waitingRows += answer.allRows;
        }
        boolean interrupted = false;
        while (true) {
            List<Answer> group;
            synchronized (this) {
                while (!answer.done && !worthWriting()) {
                    interrupted |= awaitChange();
                }
                if (answer.done) {
                    break;
                }
                group = group();
                writing++;
            }
            try {
                transaction.accept(group);
            } finally {
                synchronized (this) {
                    writing--;
                    group.forEach(each -> each.done = true);
                    notifyAll();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** True if the thread was interrupted. */
    private boolean awaitChange() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** What waits goes at once if nothing is under way; beside another transaction only if it fills one of its own. */
    private boolean worthWriting() {
        return !waiting.isEmpty() && (writing == 0 || writing < writers && waitingRows >= ROWS_BESIDE);
    }

    private List<Answer> group() {
        List<Answer> group = new ArrayList<>();
        int rows = 0;
        while (rows < ENOUGH_ROWS && !waiting.isEmpty()) {
            Answer next = waiting.remove();
            group.add(next);
            rows += next.rows.size();
            waitingRows -= next.allRows;
        }
        return group;
    }
}
