package io.patchbay.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong keys by the address that they come from, so that nobody keeps us busy with guesses. Good keys are not
 * asked about: they pass from any address. For any thread.
 */
final class WrongKeys {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Addresses remembered; whose last guess is the longest ago goes first. */
    private static final int MOST = 10_000;

    private final long perMinute;
    private final TimeMeter clock;
    private final Map<String, Bucket> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    /** Allows so many within a minute; 0 for any number. */
    WrongKeys(long perMinute, TimeMeter clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** One more; what is to be said of it. */
    Failure count(String address, Failure otherwise) {
        if (perMinute == 0) {
            return otherwise;
        }
        var probe = bucket(address).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return otherwise;
        }
        return Failure.builder(FailureKind.RATE_LIMITED, "Too many requests with invalid API keys. Try again later.")
                .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()))
                .build();
    }

    private Bucket bucket(String address) {
        synchronized (byAddress) {
            return byAddress.computeIfAbsent(
                    address,
                    any -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(perMinute).refillIntervally(perMinute, WINDOW))
                            .withCustomTimePrecision(clock)
                            .build());
        }
    }
}
