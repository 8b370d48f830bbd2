package io.patchbay.strategy.price;

import io.patchbay.api.health.Window;
import java.util.Arrays;
import java.util.List;

/**
 * Who is so much slower than the others that no price makes up for it, by what was measured in the last five minutes:
 * the first token takes three times as long as with the median of the others, and two seconds more; or there are fewer
 * than ten tokens per second, and not a tenth of the others'. One that was not measured is not slow. For one request.
 */
final class Slowness {
    private static final double TIMES = 3;
    private static final double SECONDS = 2;
    private static final double SHARE = 0.1;
    /** Tokens per second, about as fast as people read. */
    private static final double READING = 10;

    private final double[] latencies;
    private final double[] throughputs;

    private Slowness(double[] latencies, double[] throughputs) {
        this.latencies = latencies;
        this.throughputs = throughputs;
    }

    /** @param windows of all endpoints, of the last five minutes */
    static Slowness among(List<Window> windows) {
        var latencies = new double[windows.size()];
        var throughputs = new double[windows.size()];
        int first = 0;
        int second = 0;
        for (var window : windows) {
            if (window.latency().isPresent()) {
                latencies[first++] = window.latency().get().p50();
            }
            if (window.throughput().isPresent()) {
                throughputs[second++] = window.throughput().get().p50();
            }
        }
        return new Slowness(sorted(latencies, first), sorted(throughputs, second));
    }

    private static double[] sorted(double[] values, int size) {
        var sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** @param window of the endpoint, one of those that this was made of */
    boolean isFarSlower(Window window) {
        if (latencies.length > 1 && window.latency().isPresent()) {
            double latency = window.latency().get().p50();
            double usual = medianOfOthers(latencies, latency);
            if (latency > TIMES * usual && latency > usual + SECONDS) {
                return true;
            }
        }
        if (throughputs.length > 1 && window.throughput().isPresent()) {
            double throughput = window.throughput().get().p50();
            return throughput < READING && throughput < SHARE * medianOfOthers(throughputs, throughput);
        }
        return false;
    }

    /** Of at least two values, one of which is left out. */
    private static double medianOfOthers(double[] sorted, double own) {
        int place = Arrays.binarySearch(sorted, own);
        int middle = (sorted.length - 1) / 2;
        return sorted[middle < place ? middle : middle + 1];
    }
}
