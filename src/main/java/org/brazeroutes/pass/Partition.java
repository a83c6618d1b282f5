package org.brazeroutes.pass;

import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Call;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.sink.RecordException;
import org.brazeroutes.stream.Stream;

/**
 * The message body between the steps of a stream's route: one partition and the requests it still needs. Routes ask it
 * {@code hasNext}; {@code direct:braze} makes the next request, {@code table:} stores what came back. One that has failed
 * makes no more requests and stores nothing more, whatever its route does. Used by one thread at a time; a failure may come from
 * another, of a wireTap say.
 */
public final class Partition implements Asking {

    /** How often a route may look for a request before it makes one: it may log or branch by it. */
    private static final int MOST_ROUNDS = 100;

    /** Before its turn, at work, and how it ended: {@code STOPPED} when the pass did. */
    private enum State {
        WAITING, READY, ASKED, ANSWERED, STOPPED, COMPLETE, FAILED;

        boolean ended() {
            return compareTo(STOPPED) >= 0;
        }
    }

    private final Pass pass;
    private final String id;
    private final Requests requests;
    private volatile State state = State.WAITING;
    private int rounds;

    Partition(Pass pass, String id, Requests requests) {
        this.pass = pass;
        this.id = id;
        this.requests = requests;
    }

    /** A partition that needs nothing: what a route gets whose pass cannot run. */
    public static Partition none() {
        Partition none = new Partition(null, "", null);
        none.state = State.FAILED;
        return none;
    }

    /** True while a request is left to make. */
    @Override
    public boolean hasNext() {
        if (state.ended()) {
            return false;
        }
        requireStored();
        if (state == State.ASKED) {
            throw new RouteException("the route goes on though Braze has refused or not answered its request; "
                    + "a failure must reach direct:failed, see errors.yaml");
        }
        begin();
        if (state.ended()) {
            return false;
        }
        if (!pass.running()) {
            move(State.STOPPED);
        } else if (!requests.hasNext()) {
            requests.done();
            move(State.COMPLETE);
        } else if (++rounds > MOST_ROUNDS) {
            throw new RouteException("the route's loop goes round without asking Braze; direct:braze must stand in it, and not be skipped");
        } else {
            return true;
        }
        return false;
    }

    @Override
    public Call next() {
        if (state.ended()) {
            throw new RouteException("the route asks for more of a partition that has failed or ended");
        }
        requireStored();
        begin();
        rounds = 0;
        move(State.ASKED);
        return pass.call(requests.next());
    }

    private void requireStored() {
        if (state == State.ANSWERED) {
            throw new RouteException("the route goes on without having stored what Braze answered; each answer must reach table:"
                    + pass.stream().name() + ", and a failure direct:failed, see errors.yaml; to leave records out, hand it fewer or none");
        }
    }

    private void begin() {
        if (state == State.WAITING) {
            pass.place().enter();
            pass.begun(this);
            if (!move(State.READY)) {
                leave();
            }
        }
    }

    /** True if nothing is left to ask for, though the route did not ask so. */
    boolean complete() {
        return state != State.ANSWERED && !requests.hasNext();
    }

    /** Takes an answer; its records get the partition's id, as Braze does not repeat it. */
    @Override
    public void answered(Answer answer) {
        String column = pass.stream().partition();
        if (column != null) {
            answer.records().forEach(record -> record.put(column, id));
        }
        pass.read(answer.records().size());
        requests.answered(answer);
        // without records it must reach the table only where days are counted by it
        move(pass.stream().kind() == Stream.Kind.SERIES || !answer.records().isEmpty() ? State.ANSWERED : State.READY);
    }

    /** Stores the records and the checkpoint that stands for them. Throws RecordException if a step of the route has spoilt a key. */
    public void store(List<Map<String, Object>> records) {
        if (state.ended()) {
            return;
        }
        for (Map<String, Object> record : records) {
            if (JsonRecord.mayHaveChanged(record)) {
                checkKey(pass.stream(), record);
            }
        }
        pass.write(requests.toStore(records), requests.checkpoint());
        if (state == State.ANSWERED) {
            move(State.READY);
        }
    }

    private static void checkKey(Stream stream, Map<String, Object> record) {
        for (String key : stream.primaryKey()) {
            if (JsonRecord.asItCame(record, key) == null) {
                throw new RecordException("a record has no " + key + "; the steps between direct:braze and table: must leave it there");
            }
        }
        if (stream.kind() == Stream.Kind.SERIES) {
            try {
                JsonRecord.day(record, stream.cursor());
            } catch (ClassCastException | DateTimeParseException e) {
                throw new RecordException("the " + stream.cursor() + " of a record is no text such as 2026-01-31; "
                        + "the steps between direct:braze and table: must leave it as it is", e);
            }
        }
    }

    String id() {
        return id;
    }

    /** Ends it; true the first time. */
    boolean fail() {
        return move(State.FAILED);
    }

    /** False if it is too late: what has ended can only fail yet, and that once. */
    private synchronized boolean move(State next) {
        State before = state;
        if (before == State.FAILED || before.ended() && next != State.FAILED) {
            return false;
        }
        state = next;
        if (next == State.COMPLETE || next == State.FAILED && before != State.COMPLETE) {
            pass.partitionDone();
        }
        if (next.ended() && !before.ended() && before != State.WAITING) {
            leave();
        }
        return true;
    }

    private void leave() {
        pass.left(this);
        pass.place().leave();
    }
}
