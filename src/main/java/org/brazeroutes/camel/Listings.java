package org.brazeroutes.camel;

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
    private final Map<String, CompletableFuture<Listing>> listings = new HashMap<>();
    /** Those of them that a pass of the parent is to give out. */
    private final Map<String, CompletableFuture<Listing>> expected = new HashMap<>();

    /** @param once true if a listing is good, or failed, for as long as the process lives */
    Listings(Halt halt, Clock clock, boolean once) {
        this.halt = halt;
        this.clock = clock;
        this.once = once;
    }

    /** A pass that will give the parent's listing out has begun, or is about to. */
    synchronized void expect(String parent) {
        CompletableFuture<Listing> present = listings.get(parent);
        if (present == null || present.isDone()) {
            expected.put(parent, anew(parent));
        }
    }

    /** The parent's pass has its listing. */
    synchronized void publish(String parent, Listing listing) {
        expect(parent);
        expected.remove(parent);
        listings.get(parent).complete(listing);
    }

    /** The parent's pass ended without a listing; does nothing if it gave one out, or a child reads one. */
    synchronized void fail(String parent, Throwable why) {
        CompletableFuture<Listing> own = expected.remove(parent);
        if (own != null) {
            own.completeExceptionally(why);
        }
    }

    /** The parent's pass ended before it asked Braze: a child reads the list itself. */
    synchronized void withdraw(String parent) {
        CompletableFuture<Listing> own = expected.remove(parent);
        if (own != null) {
            listings.remove(parent, own);
            own.cancel(false);
        }
    }

    private CompletableFuture<Listing> anew(String parent) {
        CompletableFuture<Listing> listing = new CompletableFuture<>();
        listings.put(parent, listing);
        return listing;
    }

    /** The parent's listing: a fresh one, or the one being read, or one read now. */
    Listing get(String parent, Duration maxAge, Supplier<Listing> read) {
        while (true) {
            try {
                return await(begin(parent, maxAge, read));
            } catch (CancellationException withdrawn) {
                halt.check();
            }
        }
    }

    private CompletableFuture<Listing> begin(String parent, Duration maxAge, Supplier<Listing> read) {
        CompletableFuture<Listing> listing;
        boolean mine = false;
        synchronized (this) {
            listing = listings.get(parent);
            if (listing == null || stale(listing, maxAge)) {
                listing = anew(parent);
                mine = true;
            }
        }
        if (mine) {
            try {
                listing.complete(read.get());
            } catch (RuntimeException | Error e) {
                listing.completeExceptionally(e);
            }
        }
        return listing;
    }

    private boolean stale(CompletableFuture<Listing> listing, Duration maxAge) {
        if (once || !listing.isDone()) {
            return false;
        }
        if (listing.isCompletedExceptionally()) {
            return true;
        }
        Duration age = Duration.between(listing.join().readAt(), clock.instant());
        // an age below zero comes of a clock that was set back
        return age.isNegative() || age.compareTo(maxAge) > 0;
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
