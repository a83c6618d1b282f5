package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * JSON in one way of writing: no spaces, keys in order and each once, numbers with their digits, text without what databases
 * refuse. Numbers too large or too small for PostgreSQL, whose jsonb refuses them, become text.
 */
final class CanonicalJson {

    /** Decimal places of a number in PostgreSQL. */
    private static final int MOST_DIGITS = 16_383;

    private CanonicalJson() {
    }

    static void write(Object value, JsonBuffer out) {
        if (value instanceof JsonPart part) {
            try (JsonParser parser = part.parser()) {
                parser.nextToken();
                write(parser, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (value instanceof JsonRecord record) {
            Members members = new Members(out);
            record.forEachField((name, inner) -> {
                members.name(name);
                write(inner, out);
            });
            members.end();
        } else if (value instanceof Map<?, ?> map) {
            Members members = new Members(out);
            map.forEach((name, inner) -> {
                members.name(String.valueOf(name));
                write(inner, out);
            });
            members.end();
        } else if (value instanceof List<?> list) {
            out.add('[');
            for (int i = 0; i < list.size(); i++) {
                comma(i > 0, out);
                write(list.get(i), out);
            }
            out.add(']');
        } else {
            scalar(value, out);
        }
    }

    /** Writes the value whose first token is the parser's current one. */
    private static void write(JsonParser parser, JsonBuffer out) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Members members = new Members(out);
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    members.name(name);
                    parser.nextToken();
                    write(parser, out);
                }
                members.end();
            }
            case START_ARRAY -> {
                out.add('[');
                boolean further = false;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    comma(further, out);
                    write(parser, out);
                    further = true;
                }
                out.add(']');
            }
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    scalar(parser.getBigIntegerValue(), out);
                } else {
                    out.add(parser.getLongValue());
                }
            }
            default -> scalar(RecordReader.scalar(parser), out);
        }
    }

    private static void comma(boolean further, JsonBuffer out) {
        if (further) {
            out.add(',');
        }
    }

    private static void scalar(Object value, JsonBuffer out) {
        if (value instanceof String text) {
            out.addClean(text);
        } else if (value instanceof Integer || value instanceof Long) {
            out.add(((Number) value).longValue());
        } else if (value instanceof BigDecimal number && Math.abs((long) number.scale()) > MOST_DIGITS || value instanceof FarNumber) {
            out.addClean(value.toString());
        } else if (value instanceof BigDecimal || value instanceof BigInteger || value instanceof Boolean || value == null) {
            out.addAscii(String.valueOf(value));
        } else {
            out.addExact(value);
        }
    }

    /** The members of one object while they are written; put in order at its end if they came otherwise. */
    private static final class Members {

        /** Up to here the simplest way of sorting is the fastest. */
        private static final int FEW = 32;

        private final JsonBuffer out;
        private final int begin;
        private String[] names = new String[16];
        private int[] places = new int[16];
        private int count;
        private boolean ordered = true;

        Members(JsonBuffer out) {
            this.out = out;
            begin = out.size();
            out.add('{');
        }

        void name(String name) {
            comma(count > 0, out);
            if (count == names.length) {
                names = Arrays.copyOf(names, 2 * count);
                places = Arrays.copyOf(places, 2 * count);
            }
            places[count] = out.size();
            names[count] = out.addClean(name);
            ordered = ordered && (count == 0 || names[count - 1].compareTo(names[count]) < 0);
            count++;
            out.add(':');
        }

        void end() {
            if (!ordered) {
                order();
            }
            out.add('}');
        }

        private void order() {
            byte[] written = Arrays.copyOfRange(out.bytes(), begin, out.size());
            int[] order = sorted();
            out.cut(begin + 1);
            for (int i = 0; i < count; i++) {
                int member = order[i];
                // of two with one name the later counts, as everywhere
                if (i + 1 == count || !names[member].equals(names[order[i + 1]])) {
                    comma(out.size() > begin + 1, out);
                    int end = member + 1 == count ? written.length : places[member + 1] - begin - 1;
                    out.add(written, places[member] - begin, end);
                }
            }
        }

        /** The members by name, those of one name as they came. */
        private int[] sorted() {
            if (count > FEW) {
                return IntStream.range(0, count).boxed().sorted(Comparator.comparing(member -> names[member])).mapToInt(Integer::intValue).toArray();
            }
            int[] order = new int[count];
            for (int i = 0; i < count; i++) {
                int place = i;
                while (place > 0 && names[order[place - 1]].compareTo(names[i]) > 0) {
                    order[place] = order[place - 1];
                    place--;
                }
                order[place] = i;
            }
            return order;
        }
    }
}
