package org.brazeroutes.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in the text format of PostgreSQL's COPY, sent piece by piece. */
final class PostgresCopy {

    /** Bytes that one piece has at least; a large answer must not need the heap twice. */
    private static final int PIECE = 1 << 20;

    private byte[] bytes = new byte[PIECE / 4];
    private int size;
    private Object lastTime;
    private byte[] lastTimeText;

    private PostgresCopy() {
    }

    /** Executes the copy statement with these rows. */
    static void send(Connection connection, String sql, Collection<Object[]> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            var text = new PostgresCopy();
            for (Object[] row : rows) {
                text.add(row);
                if (text.size >= PIECE) {
                    copy.writeToCopy(text.bytes, 0, text.size);
                    text.size = 0;
                }
            }
            copy.writeToCopy(text.bytes, 0, text.size);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void add(Object[] row) {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                add('\t');
            }
            add(row[i]);
        }
        add('\n');
    }

    private void add(Object value) {
        if (value == null) {
            add('\\');
            add('N');
        } else if (value instanceof byte[] json) {
            addEscaped(json);
        } else if (value instanceof java.time.OffsetDateTime) {
            // one object for all rows of an answer
            if (value != lastTime) {
                lastTime = value;
                lastTimeText = value.toString().getBytes(StandardCharsets.ISO_8859_1);
            }
            addEscaped(lastTimeText);
        } else if (value instanceof Long number && number >= 0) {
            addDigits(number);
        } else {
            addEscaped(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void addDigits(long number) {
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

    private void addEscaped(byte[] utf8) {
        ensure(2 * utf8.length);
        for (byte b : utf8) {
            if (b == '\\' || b == '\t' || b == '\n' || b == '\r') {
                bytes[size++] = '\\';
                bytes[size++] = (byte) (b == '\t' ? 't' : b == '\n' ? 'n' : b == '\r' ? 'r' : b);
            } else {
                bytes[size++] = b;
            }
        }
    }

    private void add(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
