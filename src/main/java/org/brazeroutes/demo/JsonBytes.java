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

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
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
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        reserve(20);
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = length + digits; at > length; rest /= 10) {
            bytes[--at] = (byte) ('0' + rest % 10);
        }
        length += digits;
        return this;
    }

    /** Cents as USD with one or two decimals: 0.0, 644.7, 644.75. */
    JsonBytes money(long cents) {
        number(cents / 100).put('.').put((char) ('0' + cents % 100 / 10));
        return cents % 10 == 0 ? this : put((char) ('0' + cents % 10));
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
