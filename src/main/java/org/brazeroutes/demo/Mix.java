package org.brazeroutes.demo;

import java.util.UUID;

/** Deterministic pseudo-random numbers: the same inputs give the same number in every run. */
final class Mix {
    private Mix() {
    }

    static long of(long seed, long n) {
        long z = seed + 0x9E3779B97F4A7C15L * (n + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long of(long seed, String text) {
        long z = of(seed, text.length());
        for (int i = 0; i < text.length(); i++) {
            z = of(z, text.charAt(i));
        }
        return z;
    }

    /** A number from 0 to bound - 1. */
    static int below(int bound, long seed, long n) {
        return (int) Long.remainderUnsigned(of(seed, n), bound);
    }

    static String uuid(long seed) {
        long high = of(seed, 1) & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = of(seed, 2) & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
