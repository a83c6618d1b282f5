package org.brazeroutes.braze;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bucket each endpoint counts in: the one that its stream names, as long as their answers tell the same limit. One that
 * tells another limit is counted in another bucket, with those that tell the same: what remains of one is nothing that the
 * other may be measured by.
 */
final class Buckets {

    private static final Logger LOG = LoggerFactory.getLogger(Buckets.class);

    /** A limit that answers told, and the endpoints that told it. */
    private static final class Told {

        private long limit;
        private final Set<String> paths = new HashSet<>();
    }

    private record Other(String name, long limit) {
    }

    private final Map<String, Bucket> named;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<Other, Bucket> others = new HashMap<>();
    private final Map<String, Bucket> moved = new HashMap<>();

    Buckets(Map<String, Bucket> named) {
        this.named = Map.copyOf(named);
    }

    synchronized Bucket of(Stream stream) {
        return moved.getOrDefault(stream.path(), named.get(stream.bucket()));
    }

    /**
     * Takes the headers of an answer. Returns the bucket in which its request is counted from now on.
     *
     * @param counted the bucket in which it was counted when it was sent
     */
    synchronized Bucket answered(Stream stream, Bucket counted, RateLimitHeaders headers) {
        headers.limit().filter(limit -> limit > 0).ifPresent(limit -> learn(stream, limit));
        Bucket bucket = of(stream);
        if (bucket != counted) {
            counted.lost();
            bucket.join();
        }
        return bucket;
    }

    /** An endpoint that is the only one to have told the bucket's limit has had it changed; else it has another than the others. */
    private void learn(Stream stream, long limit) {
        if (moved.containsKey(stream.path())) {
            return;
        }
        Told known = told.computeIfAbsent(stream.bucket(), name -> new Told());
        if (known.paths.isEmpty() || known.limit == limit || known.paths.equals(Set.of(stream.path()))) {
            known.limit = limit;
            known.paths.add(stream.path());
            return;
        }
        LOG.info("{}: its limit is {}, not the {} of others in the bucket {}; it is counted apart from them", stream.path(), limit, known.limit,
                stream.bucket());
        moved.put(stream.path(), others.computeIfAbsent(new Other(stream.bucket(), limit), other -> named.get(other.name()).of(other.limit())));
    }
}
