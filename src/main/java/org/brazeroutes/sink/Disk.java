package org.brazeroutes.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** The steps in which files come to be and go; a process may end between any two of them. */
interface Disk {

    void createDirectories(Path directory) throws IOException;

    /** A new file; one of that name is replaced. */
    OutputStream create(Path file) throws IOException;

    /** Brings the file's content to the disk for good. */
    void sync(Path file) throws IOException;

    /** Brings the names in a directory to the disk for good. */
    void syncDirectory(Path directory) throws IOException;

    /** Gives a file its other name in one step, replacing what has it. */
    void move(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    boolean exists(Path file);

    /** The names in a directory; none if it does not exist. */
    List<String> names(Path directory) throws IOException;
}
