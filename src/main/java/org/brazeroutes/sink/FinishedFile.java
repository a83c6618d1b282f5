package org.brazeroutes.sink;

/**
 * A file that is whole and on the disk, under its hidden name or its own.
 *
 * @param name    its own name
 * @param syncId  of the pass that wrote it
 * @param records how many it holds
 * @param sha256  of its bytes, null unless it is the one file of a stream
 */
record FinishedFile(String name, long syncId, long records, String sha256) {

    /** Readers leave names with a dot alone. */
    String hiddenName() {
        return hidden(name, syncId);
    }

    /** With the pass in it: a process that has lost its lease must not touch the file of the one that has it. */
    static String hidden(String name, long syncId) {
        return "." + name + "." + syncId + ".tmp";
    }
}
