package org.brazeroutes.camel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.brazeroutes.json.Json;

/** A short text that is the same for equal records only, whatever the order of their fields. */
final class Fingerprint {

    /** 128 bits: far from any chance that two versions of one day look alike. */
    private static final int BYTES = 16;

    private Fingerprint() {
    }

    static String of(Map<String, Object> record) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Json.canonical(record));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
