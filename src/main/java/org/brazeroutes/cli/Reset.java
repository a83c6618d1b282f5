package org.brazeroutes.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.brazeroutes.camel.Engine;
import org.brazeroutes.camel.EngineOptions;
import org.brazeroutes.camel.Modes;
import org.brazeroutes.camel.SinkOptions;
import org.brazeroutes.camel.Sinks;
import org.brazeroutes.database.BusyException;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.settings.SettingsException;
import org.brazeroutes.sink.SinkException;
import org.brazeroutes.state.Leases;
import org.brazeroutes.state.Owner;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** Forgets what was read of streams, so that the next sync reads them from the start date. */
final class Reset {

    private final Call call;
    private final List<String> streams;
    private final boolean drop;

    Reset(Call call, List<String> streams, boolean drop) {
        this.call = call;
        this.streams = streams;
        this.drop = drop;
    }

    int execute(boolean yes) {
        EngineOptions options = new Wiring(call.settings(), call.console(), false).offline(streams);
        if (drop && options.sink() instanceof SinkOptions.Endpoint endpoint) {
            throw new SettingsException("what was sent to " + endpoint + " cannot be taken back; leave --drop out, and all records are sent once more");
        }
        Catalogue catalogue = Engine.catalogue(options);
        if (nothingThere(options)) {
            call.console().error("nothing was synced yet: there is no " + options.database().shown());
            return ExitCode.COMPLETE;
        }
        boolean doubled = streams.stream().map(catalogue.streams()::get).filter(Objects::nonNull)
                .anyMatch(stream -> stream.kind() == Stream.Kind.SERIES && Modes.of(options, stream) == SyncMode.INCREMENTAL_APPEND);
        String what = "forget the cursors of " + String.join(", ", streams) + (!drop ? "; rows stay" + (doubled ? ", and their days are added once more" : "")
                : " and drop their " + (options.sink() instanceof SinkOptions.Files ? "files" : "tables"));
        if (!yes && !call.console().ask(what + "?")) {
            call.console().error("nothing was changed");
            return ExitCode.INCOMPLETE;
        }
        try (Database database = Database.open(options.database())) {
            return reset(database, options, catalogue);
        } catch (BusyException e) {
            call.console().error(e.getMessage() + "; stop it first");
            return ExitCode.INCOMPLETE;
        }
    }

    private static boolean nothingThere(EngineOptions options) {
        try {
            Optional<Database> database = Database.read(options.database());
            database.ifPresent(Database::close);
            return database.isEmpty();
        } catch (BusyException e) {
            return false;
        }
    }

    private int reset(Database database, EngineOptions options, Catalogue catalogue) {
        StateStore state = StateStore.open(database);
        Leases leases = new Leases(database, Owner.self());
        int exit = ExitCode.COMPLETE;
        for (String stream : streams) {
            if (leases.take(stream, 0).isEmpty()) {
                call.console().error(stream + ": another process is busy with this stream; stop it first");
                exit = ExitCode.INCOMPLETE;
                continue;
            }
            try {
                reset(stream, state, database, options, catalogue);
            } catch (DatabaseException | SinkException e) {
                call.console().error(stream + (drop ? ": not dropped. " : ": not reset. ") + e.getMessage());
                exit = ExitCode.INCOMPLETE;
            } finally {
                leases.release(stream);
            }
        }
        return exit;
    }

    private void reset(String stream, StateStore state, Database database, EngineOptions options, Catalogue catalogue) {
        Stream declared = catalogue.streams().get(stream);
        if (drop && declared == null) {
            throw new SinkException("Its route file cannot be used, and only that names its tables; mend it first, see 'streams'");
        }
        if (drop) {
            Sinks.drop(options, database, declared, connection -> {
                state.drop(connection, stream);
                return null;
            });
        } else {
            state.reset(stream);
        }
        call.console().line(stream + ": reset" + (drop ? ", dropped" : ""));
    }
}
