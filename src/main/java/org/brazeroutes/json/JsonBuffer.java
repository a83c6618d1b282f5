package org.brazeroutes.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import org.brazeroutes.stream.Text;

/** JSON text that grows, as UTF-8. */
public final class JsonBuffer {

    private static final int PLAIN_TO = 0x7e;

    private byte[] bytes = new byte[512];
    private int size;

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** What is behind the place goes. */
    void cut(int place) {
        size = place;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public void add(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    public void add(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    /** Text that is JSON already and holds ASCII only. */
    void addAscii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void add(long number) {
        if (number < 0) {
            addAscii(Long.toString(number));
            return;
        }
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        ensure(digits);
        size += digits;
        long rest = number;
        for (int i = 1; i <= digits; i++) {
            bytes[size - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** A string as databases take it, quoted and escaped; returns it as they take it. */
    String addClean(String text) {
        if (addPlain(text)) {
            return text;
        }
        String clean = Text.clean(text);
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(clean);
        add('"');
        add(quoted, 0, quoted.length);
        add('"');
        return clean;
    }

    /** A string of ASCII that needs no escape, quoted; false, with nothing added, if it is none. */
    private boolean addPlain(String text) {
        int begin = size;
        int length = text.length();
        ensure(length + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > PLAIN_TO || c == '"' || c == '\\') {
                size = begin;
                return false;
            }
            bytes[size++] = (byte) c;
        }
        bytes[size++] = '"';
        return true;
    }

    /** Any value, its strings unchanged. */
    void addExact(Object value) {
        if (!(value instanceof String text && addPlain(text))) {
            byte[] json = Json.exact(value);
            add(json, 0, json.length);
        }
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
        }
    }
}
