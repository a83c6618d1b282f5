package org.brazeroutes.camel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.brazeroutes.json.Json;

/** A short text that is the same for equal records only, whatever their order and that of their fields. */
final class Fingerprint {

    /** 128 bits: far from any chance that two versions of one day look alike. */
    private static final int BYTES = 16;

    private Fingerprint() {
    }

    static String of(List<Map<String, Object>> records) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            records.stream().map(Json::canonical).sorted(Arrays::compare).forEach(digest::update);
            byte[] hash = digest.digest();
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
