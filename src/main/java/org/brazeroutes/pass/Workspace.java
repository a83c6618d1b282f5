package org.brazeroutes.pass;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.sink.Sink;
import org.brazeroutes.state.Leases;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.LastDay;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.StreamOptions;

/**
 * What all passes of a process share.
 *
 * @param streams   the declared streams by name
 * @param options   what the settings say about a stream
 * @param startDate first day of history where a stream has no other
 * @param places    for streams that work at the same time
 */
public record Workspace(Map<String, Stream> streams, Function<String, StreamOptions> options, LocalDate startDate, Braze braze,
        Sink sink, StateStore state, Choices choices, Leases leases, Semaphore places, LastDay lastDay, Halt halt, Clock clock) {
}
