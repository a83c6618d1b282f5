package org.brazeroutes.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant: the candidate with the fewest edits, where a swap of two letters is one. */
public final class Nearest {

    private Nearest() {
    }

    /** The candidate nearest to the written word, whatever the case; empty only without candidates. */
    public static Optional<String> to(String written, Collection<String> candidates) {
        return candidates.stream().min(Comparator.<String>comparingInt(candidate -> cost(written, candidate))
                .thenComparing(Comparator.naturalOrder()));
    }

    /** ", did you mean 'x'?" for a candidate near enough to be meant, else the empty text. */
    public static String hint(String written, Collection<String> candidates) {
        return to(written, candidates)
                .filter(candidate -> cost(written, candidate) <= Math.max(1, written.length() / 3))
                .map(candidate -> ", did you mean '" + candidate + "'?").orElse("");
    }

    /** A beginning, such as user for username, is nearer than its missing letters say. */
    private static int cost(String written, String candidate) {
        boolean beginning = candidate.toLowerCase(Locale.ROOT).startsWith(written.toLowerCase(Locale.ROOT));
        return Math.min(distance(written, candidate), beginning ? 1 : Integer.MAX_VALUE);
    }

    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
