package org.brazeroutes.camel;

import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.stream.Address;
import org.brazeroutes.stream.Causes;

/** Where records go. */
public sealed interface SinkOptions {

    /**
     * Tables in the database of the state.
     *
     * @param unnest true to keep the unnested tables
     * @param adopt  true to take over tables that are not ours
     */
    record Jdbc(boolean unnest, boolean adopt) implements SinkOptions {

        @Override
        public String elsewhere() {
            return "set sink.jdbc.table-prefix or sink.jdbc.schema to keep both";
        }
    }

    /** Files in a directory. */
    record Files(FileOptions files) implements SinkOptions {

        @Override
        public String elsewhere() {
            return "set another sink.file.directory, and another state.jdbc.url if one is set, to keep both";
        }

        @Override
        public String toString() {
            return files.directory().toString();
        }
    }

    /**
     * A Camel endpoint.
     *
     * @param uri   as the user gave it
     * @param shown the URI as it may be printed
     */
    record Endpoint(String uri, String shown) implements SinkOptions {

        Address address() {
            return new Address(uri, shown);
        }

        /** What a failure there died of, as it may be printed. */
        String said(Throwable failure) {
            return address().hideIn(Causes.line(Causes.deepest(failure)));
        }

        /** Names it, so that the state notices another one. */
        String target() {
            return shown.replaceFirst("\\?.*", "");
        }

        @Override
        public String elsewhere() {
            return "set another state.jdbc.url to keep both";
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    /** What to set so that two workspaces do not mix. */
    String elsewhere();
}
