package org.brazeroutes.json;

/** The bytes of one answer, which its records and their parts point into. Used by one thread at a time. */
final class JsonBody {

    private static final byte SURROGATE_LEAD = (byte) 0xED;

    final byte[] bytes;
    private boolean looked;
    private boolean surrogates;

    JsonBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** True if a lone surrogate stands in it as if it were a character: Jackson reads that, but it is no UTF-8. */
    boolean hasSurrogates() {
        for (int i = 0; !looked && i < bytes.length - 1; i++) {
            surrogates = surrogates || bytes[i] == SURROGATE_LEAD && (bytes[i + 1] & 0xE0) == 0xA0;
        }
        looked = true;
        return surrogates;
    }
}
