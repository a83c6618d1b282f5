package org.brazeroutes.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.brazeroutes.json.JsonPart;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in the binary format of PostgreSQL's COPY, sent piece by piece. The columns must have just the types that ours have. */
final class PostgresCopy {

    /** Room that a value's length takes, with the value itself if it is a number or a time. */
    private static final int SMALL = Integer.BYTES + Long.BYTES;

    /** Bytes that one piece has at least; a large answer must not need the heap twice. */
    private static final int PIECE = 1 << 20;

    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    /** Days and times count from here. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final long FIRST_SECOND = FIRST_DAY.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
    private static final int END = -1;
    private static final int NULL = -1;
    private static final byte JSONB_VERSION = 1;

    private byte[] bytes = new byte[PIECE / 32];
    private int size;

    private PostgresCopy() {
    }

    /** Executes the copy of these rows into the table. */
    static void send(Connection connection, String table, List<String> columns, Collection<Object[]> rows)
            throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("copy " + table + " (" + String.join(", ", columns) + ") from stdin (format binary)");
        try {
            var binary = new PostgresCopy();
            binary.add(HEADER);
            for (Object[] row : rows) {
                binary.add(row);
                if (binary.size >= PIECE) {
                    binary.sendTo(copy);
                }
            }
            binary.addShort(END);
            binary.sendTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void sendTo(CopyIn copy) throws SQLException {
        copy.writeToCopy(bytes, 0, size);
        size = 0;
    }

    private void add(Object[] row) {
        addShort(row.length);
        for (Object value : row) {
            add(value);
        }
    }

    private void add(Object value) {
        ensure(SMALL);
        if (value == null) {
            addInt(NULL);
        } else if (value instanceof JsonPart part) {
            addJson(part.length());
            ensure(part.length());
            part.copyTo(bytes, size);
            size += part.length();
        } else if (value instanceof byte[] text) {
            addJson(text.length);
            add(text);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            addInt(utf8.length);
            add(utf8);
        } else if (value instanceof Long number) {
            addInt(Long.BYTES);
            addLong(number);
        } else if (value instanceof Double number) {
            addInt(Double.BYTES);
            addLong(Double.doubleToLongBits(number));
        } else if (value instanceof Boolean flag) {
            addInt(1);
            bytes[size++] = (byte) (flag ? 1 : 0);
        } else if (value instanceof LocalDate day) {
            addInt(Integer.BYTES);
            addInt((int) (day.toEpochDay() - FIRST_DAY.toEpochDay()));
        } else if (value instanceof OffsetDateTime time) {
            addInt(Long.BYTES);
            addLong((time.toEpochSecond() - FIRST_SECOND) * 1_000_000 + time.getNano() / 1_000);
        } else {
            throw new IllegalStateException("no binary format for a " + value.getClass().getSimpleName());
        }
    }

    private void addJson(int length) {
        addInt(length + 1);
        bytes[size++] = JSONB_VERSION;
    }

    private void addShort(int value) {
        ensure(Short.BYTES);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    private void addInt(int value) {
        int at = size;
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
        size = at + Integer.BYTES;
    }

    private void addLong(long value) {
        addInt((int) (value >> 32));
        addInt((int) value);
    }

    private void add(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
