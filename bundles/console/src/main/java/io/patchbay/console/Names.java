package io.patchbay.console;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that somebody who mistyped one may have meant. */
final class Names {
    private static final int MOST = 3;

    private Names() {}

    /** Up to three names, the closest first: those that hold what was written, and those that differ in a few letters. */
    static List<String> closeTo(String written, Collection<String> names) {
        int most = Math.max(1, written.length() / 3);
        return names.stream()
                .filter(name -> isPart(written, name) || distance(written, name) <= most)
                .sorted(Comparator.<String>comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    private static boolean isPart(String written, String name) {
        return !written.isEmpty() && name.contains(written);
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
