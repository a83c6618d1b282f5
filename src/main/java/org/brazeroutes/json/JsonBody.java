package org.brazeroutes.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of one answer, which its records and their parts point into. Used by one thread at a time. */
final class JsonBody {

    private static final long BEYOND_ASCII = 0x8080_8080_8080_8080L;

    final byte[] bytes;
    private boolean looked;
    private boolean surrogates;
    private boolean utf8 = true;

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
        look();
        return surrogates;
    }

    /** False if a character has more bytes than it needs or lies beyond the last one, which Jackson reads too. */
    boolean isUtf8() {
        look();
        return utf8;
    }

    /** Once, and eight bytes at a time as long as they are ASCII. */
    private void look() {
        if (looked) {
            return;
        }
        looked = true;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int i = 0;
        while (i <= bytes.length - Long.BYTES) {
            if ((buffer.getLong(i) & BEYOND_ASCII) != 0) {
                look(i, i + Long.BYTES);
            }
            i += Long.BYTES;
        }
        look(i, bytes.length);
    }

    /** At what follows the first byte of a character; that it has as many bytes as that one says, the parser sees. */
    private void look(int from, int to) {
        for (int i = from; i < to && i + 1 < bytes.length; i++) {
            int next = bytes[i + 1] & 0xFF;
            switch (bytes[i] & 0xFF) {
                case 0xC0, 0xC1, 0xF5, 0xF6, 0xF7 -> utf8 = false;
                case 0xE0 -> utf8 &= next >= 0xA0;
                case 0xED -> surrogates |= next >= 0xA0;
                case 0xF0 -> utf8 &= next >= 0x90;
                case 0xF4 -> utf8 &= next < 0x90;
                default -> { }
            }
        }
    }
}
