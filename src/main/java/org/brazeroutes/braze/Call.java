package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.brazeroutes.stream.Stream;

/**
 * One request from its first try to its answer. A try enters when limit and pauses allow; what comes back decides whether
 * the call is answered, waits, tries again or fails. Used by one thread.
 */
public final class Call {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Braze braze;
    private final Request request;
    private final Caller caller;
    private final Pause pause;
    private int failures;
    private boolean keyRefused;
    /** When the try under way was sent; null while none is. */
    private Instant sent;
    /** Where it is counted. */
    private Bucket bucket;
    /** Null until a try brought it. */
    private Answer answer;

    Call(Braze braze, Request request, Caller caller) {
        this.braze = braze;
        this.request = request;
        this.caller = caller;
        this.pause = braze.pause(request.stream().path());
    }

    public Request request() {
        return request;
    }

    public boolean open() {
        return answer == null;
    }

    public Answer answer() {
        return answer;
    }

    /** Waits until a try may go, and counts it against its bucket. */
    public void enter() {
        enter(braze.key(), ChronoUnit.FOREVER.getDuration());
        enter(pause, braze.tries().rest().giveUpAfter());
        for (Duration wait = acquire(); !wait.isZero(); wait = acquire()) {
            caller.await(wait, Caller.Why.RATE_LIMIT);
        }
        sent = braze.clock().here();
        caller.request();
    }

    private void enter(Pause held, Duration longest) {
        for (Duration wait = held.tryEnter(now()); !wait.isZero(); wait = held.tryEnter(now())) {
            // what failed before the stream began is no sign of how it is now: a probe tells
            Duration rested = Collections.min(List.of(held.heldFor(now()), Duration.between(caller.began(), now())));
            if (rested.compareTo(longest) > 0) {
                throw new BrazeException(BrazeException.Reason.EXHAUSTED, request + ": the endpoint has failed for "
                        + rested.toMinutes() + " min; run again when Braze is well (status.braze.com)");
            }
            // look again soon: the probe of another request may have found the endpoint well
            caller.await(Collections.min(List.of(wait, LOOK_AGAIN)), Caller.Why.PAUSE);
        }
    }

    /** Takes one of the requests that may be in flight, and one of the bucket's; neither is held while waiting for the other. */
    private Duration acquire() {
        braze.beginFlight();
        bucket = braze.buckets().of(request.stream());
        Duration wait = bucket.tryAcquire(braze.clock().atBraze());
        if (!wait.isZero()) {
            braze.endFlight();
        }
        return wait;
    }

    /** Ends a try that brought no answer; does nothing after one that did. */
    public void leave() {
        if (sent != null) {
            sent = null;
            bucket.lost();
            braze.endFlight();
        }
    }

    /** Ends a try that was answered; the headers tell of Braze's clock and limit. */
    private void leave(RateLimitHeaders headers) {
        headers.date().ifPresent(date -> braze.clock().observe(sent, date));
        sent = null;
        bucket = braze.buckets().answered(request.stream(), bucket, headers);
        bucket.observe(headers, braze.clock().atBraze());
        braze.endFlight();
    }

    /**
     * Takes what came back.
     *
     * @param header gives a header by its lower-case name, or null
     * @param body   the whole body
     */
    public void received(int status, Function<String, String> header, byte[] body) {
        RateLimitHeaders headers = RateLimitHeaders.read(header, braze.clock().atBraze());
        leave(headers);
        if (status == 429) {
            bucket.refused(headers, braze.clock().atBraze());
            return;
        }
        bucket.accepted();
        if (status == 401) {
            unauthorized();
            return;
        }
        if (status < 500) {
            braze.key().succeeded();
        }
        if (status == 200) {
            read(body, header);
        } else if (status >= 500 || status == 408 || status < 300) {
            // a 202 comes while Braze is under maintenance
            failed("Braze answered " + status);
        } else {
            pause.succeeded();
            throw refused(status, body);
        }
    }

    private void read(byte[] body, Function<String, String> header) {
        try {
            Answer received = AnswerReader.read(request.stream(), body);
            if (received.records().size() < request.stream().pageSize() && String.valueOf(header.apply("link")).contains("rel=\"next\"")) {
                throw new BrazeException(BrazeException.Reason.BROKEN, request
                        + ": Braze names a next page by a cursor, but only lists with page=0, 1, 2 can be read");
            }
            answer = received;
            pause.succeeded();
        } catch (BrokenAnswerException e) {
            failed("Braze's answer is broken, " + e.getMessage());
        }
    }

    /** A try that brought no proper answer: waits for the next one, or fails after the last. */
    public void failed(String what) {
        leave();
        pause.failed(now());
        failures++;
        if (failures > braze.tries().retries()) {
            throw new BrazeException(BrazeException.Reason.BROKEN, request + ": " + what + ", " + failures
                    + (failures == 1 ? " try" : " tries") + ". Run again to go on");
        }
        caller.retry(request + ": " + what);
        caller.await(braze.backOff(failures), Caller.Why.RETRY);
    }

    private void unauthorized() {
        if (!keyRefused) {
            keyRefused = true;
            braze.doubtKey();
            caller.await(braze.tries().askKeyAgain(), Caller.Why.PAUSE);
        } else if (braze.tries().waitForTheKey()) {
            braze.key().failed(now());
            caller.refused(wrongKey());
        } else {
            throw wrongKey();
        }
    }

    private static BrazeException wrongKey() {
        return new BrazeException(BrazeException.Reason.UNAUTHORIZED, "Braze answered 401. "
                + "The key is wrong, was revoked, or belongs to another instance; see BRAZE_API_KEY and braze.endpoint");
    }

    private BrazeException refused(int status, byte[] body) {
        String words = AnswerReader.message(body).map(text -> " (" + text + ")").orElse("");
        String said = "Braze answered " + status + words + " to " + request + ". ";
        return switch (status) {
            case 403 -> new BrazeException(BrazeException.Reason.DENIED, said
                    + "The key lacks the permission " + request.stream().permission() + "; create a key that has it");
            case 400, 404 -> new BrazeException(BrazeException.Reason.GONE, said + (request.stream().kind() == Stream.Kind.LIST
                    ? "There is no such list at this address; see braze.endpoint, or path in its route"
                    : "Braze does not know this object"));
            case 407 -> new BrazeException(BrazeException.Reason.UNREACHABLE, "the proxy wants a login (407). Set camel.component.https.proxy-auth-method,"
                    + " .proxy-auth-username and .proxy-auth-password");
            default -> new BrazeException(BrazeException.Reason.BROKEN, said + "That is no answer of Braze's API; see braze.endpoint");
        };
    }

    private Instant now() {
        return braze.clock().here();
    }
}
