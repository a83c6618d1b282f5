package org.brazeroutes.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of one answer, which its records and their parts point into. Used by one thread at a time. */
final class JsonBody {

    private static final long BEYOND_ASCII = 0x8080_8080_8080_8080L;
    private static final byte SURROGATE_LEAD = (byte) 0xED;

    final byte[] bytes;
    private Boolean surrogates;

    JsonBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Blanks in place of the line breaks of a value, which stand between its tokens only: it becomes a line of a file. */
    void makeOneLine(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
    }

    /** True if a lone surrogate stands in it as if it were a character: Jackson reads that, but it is no UTF-8. */
    boolean hasSurrogates() {
        if (surrogates == null) {
            surrogates = look();
        }
        return surrogates;
    }

    /** Eight bytes at a time as long as they are ASCII. */
    private boolean look() {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int i = 0;
        while (i <= bytes.length - Long.BYTES) {
            if ((buffer.getLong(i) & BEYOND_ASCII) != 0 && surrogateWithin(i, i + Long.BYTES)) {
                return true;
            }
            i += Long.BYTES;
        }
        return surrogateWithin(i, bytes.length);
    }

    private boolean surrogateWithin(int from, int to) {
        for (int i = from; i < to && i + 1 < bytes.length; i++) {
            if (bytes[i] == SURROGATE_LEAD && (bytes[i + 1] & 0xE0) == 0xA0) {
                return true;
            }
        }
        return false;
    }
}
