package io.patchbay.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What clients saw. */
final class Tally {
    private final List<Double> firstTokens = new ArrayList<>();
    private int failed;
    private double dollars;

    /** @param firstToken seconds since the client asked, failed attempts included */
    void answered(double firstToken, double cost) {
        firstTokens.add(firstToken);
        dollars += cost;
    }

    void failed() {
        failed++;
    }

    /** The share of requests that were answered, in percent. */
    double success() {
        return 100.0 * firstTokens.size() / (firstTokens.size() + failed);
    }

    @Override
    public String toString() {
        if (firstTokens.isEmpty()) {
            return String.format(Locale.ROOT, "%.2f %%", success());
        }
        var sorted = firstTokens.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.2f %%, $%.2f, %.2f s, %.2f s",
                success(),
                1_000 * dollars / sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.99)));
    }
}
