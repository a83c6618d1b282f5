package org.brazeroutes.braze;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still until something waits: each wait is noted and moves it on. */
final class TestClock extends Clock implements Caller {

    final List<Duration> waited = new ArrayList<>();
    final List<Why> reasons = new ArrayList<>();
    final List<BrazeException> refusals = new ArrayList<>();
    int requests;
    int retries;
    Instant began;
    private Instant now;

    TestClock(String now) {
        this.now = Instant.parse(now);
        this.began = this.now;
    }

    @Override
    public Instant began() {
        return began;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void await(Duration time, Why why) {
        waited.add(time);
        reasons.add(why);
        pass(time);
    }

    @Override
    public void refused(BrazeException why) {
        refusals.add(why);
    }

    @Override
    public void request() {
        requests++;
    }

    @Override
    public void retry(String what) {
        retries++;
    }

    /** The time waited for one reason. */
    Duration waited(Why why) {
        Duration sum = Duration.ZERO;
        for (int i = 0; i < waited.size(); i++) {
            sum = reasons.get(i) == why ? sum.plus(waited.get(i)) : sum;
        }
        return sum;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
