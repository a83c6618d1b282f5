package org.brazeroutes.sink;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Tells the folder of the files apart from others, also after it was moved: by a line that was written into it once. */
public final class FolderId {

    private FolderId() {
    }

    /** The folder's line: where it was made, and some letters of chance. Throws SinkException if it can be neither read nor written. */
    public static String of(Path directory) {
        Path file = directory.resolve("_state").resolve("id");
        try {
            Files.createDirectories(file.getParent());
            String line = directory + " " + UUID.randomUUID().toString().substring(0, 8);
            try {
                Files.writeString(file, line, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                String made = Files.readString(file).strip();
                if (!made.isEmpty()) {
                    return made;
                }
                // a kill or a full disk left it empty
                Files.writeString(file, line);
            }
            return line;
        } catch (IOException e) {
            throw new SinkException("cannot write in " + file.getParent() + ": " + e + "; check sink.file.directory and who may write there", e);
        }
    }
}
