package io.patchbay.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Similar {
    private Similar() {}

    /** The candidate with the fewest letters to change; empty if more than a third of them would have to. */
    static Optional<String> closest(String written, Collection<String> candidates) {
        int most = Math.max(1, written.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)));
    }

    /** Levenshtein's: letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
