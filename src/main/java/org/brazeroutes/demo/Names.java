package org.brazeroutes.demo;

import java.util.List;

/** Names of objects and events, also those that break careless clients. */
final class Names {
    static final List<String> HOSTILE = List.of(
            "'; DROP TABLE events; --",
            "\"; DROP TABLE campaigns; --",
            "100 % sure%20really",
            "order/placed & paid",
            "a+b=c?d#e",
            "Référence vue – ñandú",
            "party 🎉👩‍👩‍👧",
            " leading space",
            "trailing space ",
            "Case Matters",
            "case matters",
            "tab\tand\nnewline \\ backslash",
            "x".repeat(511) + "ü");

    private static final List<String> PLAIN = List.of("Added to Cart", "Checkout Started", "Signed Up", "Order Placed",
            "Newsletter Opened", "App Rated", "Coupon Used", "Search Performed", "Wishlist Changed", "Video Watched");
    private static final List<String> SUBJECTS = List.of("Spring sale", "Cart reminder", "Password reset", "Win-back",
            "Welcome", "Birthday", "Price drop", "Weekly digest", "Review request", "Loyalty tier");

    private Names() {
    }

    /** Every fifth name is a hostile one while there are any. */
    static String of(String what, int index) {
        int hostile = index / 5;
        if (index % 5 == 4 && hostile < HOSTILE.size()) {
            return HOSTILE.get(hostile);
        }
        return SUBJECTS.get(index % SUBJECTS.size()) + " " + what + " " + (index + 1);
    }

    /** The hostile names come first, so that the smallest default world has them. */
    static String event(int index) {
        if (index < HOSTILE.size()) {
            return HOSTILE.get(index);
        }
        int plain = index - HOSTILE.size();
        String name = PLAIN.get(plain % PLAIN.size());
        return plain < PLAIN.size() ? name : name + " " + (plain / PLAIN.size() + 1);
    }

    static List<String> tags(long seed) {
        return switch (Mix.below(4, seed, 11)) {
            case 0 -> List.of();
            case 1 -> List.of("promo", "spring, \"big\"");
            case 2 -> List.of("lifecycle");
            default -> List.of("größe", "🎯");
        };
    }
}
