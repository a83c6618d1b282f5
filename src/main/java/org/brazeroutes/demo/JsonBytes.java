package org.brazeroutes.demo;

import java.util.Arrays;

/** A growing buffer of JSON bytes that is cleared and filled again for each answer. */
final class JsonBytes {
    private byte[] bytes = new byte[1 << 16];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    JsonBytes put(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    @SuppressWarnings("deprecation") // the cheapest way to copy ASCII
    JsonBytes ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    JsonBytes put(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonBytes number(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            return ascii(Long.toString(value));
        }
        reserve(10);
        int rest = (int) value;
        int end = length + digits(rest);
        for (int at = end; at > length; rest /= 10) {
            bytes[--at] = (byte) ('0' + rest % 10);
        }
        length = end;
        return this;
    }

    private static int digits(int value) {
        int digits = 1;
        for (long bound = 10; value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }

    /** The decimals of an amount, at least one: .0, .7, .75. */
    JsonBytes cents(int cents) {
        put('.').put((char) ('0' + cents / 10));
        return cents % 10 == 0 ? this : put((char) ('0' + cents % 10));
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
