package org.brazeroutes.demo;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.demo.Counter.Growth;

/** A row's JSON with its fixed text as bytes and holes for its numbers, so that a row is written without building a tree. */
final class RowTemplate {
    private final byte[][] texts;
    private final Counter[] counters;

    private RowTemplate(List<byte[]> texts, List<Counter> counters) {
        this.texts = texts.toArray(byte[][]::new);
        this.counters = counters.toArray(Counter[]::new);
    }

    /** Compiles a tree of maps, lists and values whose holes are {@link Counter}s. */
    static RowTemplate of(Map<String, Object> shape) {
        Compiler compiler = new Compiler();
        compiler.value(shape);
        compiler.endText();
        return new RowTemplate(compiler.texts, compiler.counters);
    }

    /**
     * @param time   the row's date or hour
     * @param volume what all numbers of the row are a share of
     * @param age    the row's age in days, which decides how much of a late counter is known
     */
    void write(JsonBytes out, String time, long volume, long age) {
        long known = 20 + Math.min(age, 30);
        for (int i = 0; i < counters.length; i++) {
            out.put(texts[i]);
            Counter counter = counters[i];
            Growth growth = counter.growth();
            if (growth == Growth.TIME) {
                out.put('"').ascii(time).put('"');
                continue;
            }
            long value = volume * counter.permille() / 1000;
            if (growth == Growth.LATE) {
                value = value * known / 50;
            }
            out.number(growth == Growth.MONEY ? value / 100 : value);
            if (growth == Growth.MONEY) {
                out.cents((int) (value % 100));
            }
        }
        out.put(texts[counters.length]);
    }

    private static final class Compiler {
        private final List<byte[]> texts = new ArrayList<>();
        private final List<Counter> counters = new ArrayList<>();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();

        private void value(Object value) {
            if (value instanceof Counter counter) {
                endText();
                counters.add(counter);
            } else if (value instanceof Map<?, ?> map) {
                char before = '{';
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    text.write(before);
                    text.writeBytes(Json.bytes(member.getKey()));
                    text.write(':');
                    value(member.getValue());
                    before = ',';
                }
                text.writeBytes(map.isEmpty() ? new byte[] {'{', '}'} : new byte[] {'}'});
            } else if (value instanceof List<?> list) {
                text.write('[');
                for (int i = 0; i < list.size(); i++) {
                    if (i > 0) {
                        text.write(',');
                    }
                    value(list.get(i));
                }
                text.write(']');
            } else {
                text.writeBytes(Json.bytes(value));
            }
        }

        private void endText() {
            texts.add(text.toByteArray());
            text.reset();
        }
    }
}
