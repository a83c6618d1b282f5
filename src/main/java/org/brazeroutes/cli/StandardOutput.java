package org.brazeroutes.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Standard output, which remembers why results could not be written to it: of a full disk nobody else would know. */
final class StandardOutput extends FileOutputStream {

    private volatile IOException failure;

    StandardOutput(FileDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Why results were lost, if they were; who has closed the other end of a pipe wanted no more of them. */
    Optional<String> lost() {
        return Optional.ofNullable(failure).filter(e -> isFile()).map(IOException::getMessage);
    }

    /** Only what can be written at any place has one. */
    private boolean isFile() {
        try {
            getChannel().position();
            return true;
        } catch (IOException pipeOrClosed) {
            return false;
        }
    }
}
