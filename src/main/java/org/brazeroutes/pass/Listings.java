package org.brazeroutes.pass;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The listings that child streams walk over. A list stream's own pass gives its listing out; where none runs, the first
 * child that needs it reads it, and the others wait for that. A listing is good for the parent's period.
 */
final class Listings {

    private final Halt halt;
    private final Clock clock;
    private final boolean once;
    /** The newest of each parent. One that is to come is never replaced: somebody may wait for it. */
    private final Map<String, Reading> readings = new HashMap<>();

    /**
     * A listing that is there, failed, was withdrawn (cancelled, that is), or is to come.
     *
     * @param promised true if the parent's pass is to give it out, false if a child reads it
     */
    private record Reading(boolean promised, CompletableFuture<Listing> listing) {

        Reading(boolean promised) {
            this(promised, new CompletableFuture<>());
        }
    }

    /** @param once true if a listing is good, or failed, for as long as the process lives */
    Listings(Halt halt, Clock clock, boolean once) {
        this.halt = halt;
        this.clock = clock;
        this.once = once;
    }

    /** A pass that will give the parent's listing out has begun, or is about to. */
    synchronized void expect(String parent) {
        Reading present = readings.get(parent);
        if (present == null || present.listing.isDone()) {
            readings.put(parent, new Reading(true));
        }
    }

    /** The parent's pass has its listing. */
    synchronized void publish(String parent, Listing listing) {
        expect(parent);
        readings.get(parent).listing.complete(listing);
    }

    /** The parent's pass ended without a listing; does nothing if it gave one out, or a child reads one. */
    synchronized void fail(String parent, Throwable why) {
        Reading present = readings.get(parent);
        if (present != null && present.promised) {
            present.listing.completeExceptionally(why);
        }
    }

    /** The parent's pass ended for a reason of its own: a child reads the list itself. */
    void withdraw(String parent) {
        fail(parent, new CancellationException());
    }

    /** The parent's listing: a fresh one, or the one being read, or one read now. */
    Listing get(String parent, Duration maxAge, Supplier<Listing> read) {
        while (true) {
            Reading own = new Reading(false);
            Reading reading = freshOr(own, parent, maxAge);
            if (reading == own) {
                complete(own.listing, read);
            }
            try {
                return await(reading.listing);
            } catch (CancellationException withdrawn) {
                halt.check();
            }
        }
    }

    private synchronized Reading freshOr(Reading own, String parent, Duration maxAge) {
        return readings.merge(parent, own, (present, other) -> stale(present.listing, maxAge) ? other : present);
    }

    private boolean stale(CompletableFuture<Listing> listing, Duration maxAge) {
        if (once || !listing.isDone()) {
            return listing.isCancelled();
        }
        if (listing.isCompletedExceptionally()) {
            return true;
        }
        Duration age = Duration.between(listing.join().readAt(), clock.instant());
        // an age below zero comes of a clock that was set back
        return age.isNegative() || age.compareTo(maxAge) > 0;
    }

    private static void complete(CompletableFuture<Listing> listing, Supplier<Listing> read) {
        try {
            listing.complete(read.get());
        } catch (RuntimeException | Error e) {
            listing.completeExceptionally(e);
        }
    }

    private Listing await(CompletableFuture<Listing> listing) {
        while (true) {
            try {
                return listing.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                halt.check();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
