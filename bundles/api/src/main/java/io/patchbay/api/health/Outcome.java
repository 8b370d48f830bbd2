package io.patchbay.api.health;

import io.patchbay.api.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one attempt at an endpoint went. Immutable. */
public final class Outcome {
    private final String endpointId;
    private final @Nullable Duration timeToFirstToken;
    private final Duration total;
    private final long completionTokens;
    private final @Nullable Failure failure;
    private final int inFlight;

    private Outcome(
            String endpointId,
            @Nullable Duration timeToFirstToken,
            Duration total,
            long completionTokens,
            @Nullable Failure failure,
            int inFlight) {
        this.endpointId = endpointId;
        this.timeToFirstToken = timeToFirstToken;
        this.total = total;
        this.completionTokens = completionTokens;
        this.failure = failure;
        this.inFlight = inFlight;
    }

    /** It answered, whole. */
    public static Outcome success(String endpointId, Duration total, long completionTokens) {
        return new Outcome(endpointId, null, total, completionTokens, null, 1);
    }

    /** It answered, piece by piece. */
    public static Outcome streamed(
            String endpointId, Duration timeToFirstToken, Duration total, long completionTokens) {
        return new Outcome(endpointId, timeToFirstToken, total, completionTokens, null, 1);
    }

    /** It failed after so long. */
    public static Outcome failure(String endpointId, Duration total, Failure failure) {
        return new Outcome(endpointId, null, total, 0, failure, 1);
    }

    /** The same, of an endpoint that had so many attempts under way at its end, this one included. */
    public Outcome among(int attempts) {
        return new Outcome(endpointId, timeToFirstToken, total, completionTokens, failure, Math.max(1, attempts));
    }

    /** Which endpoint, by {@link io.patchbay.api.catalog.Endpoint#id()}. */
    public String endpointId() {
        return endpointId;
    }

    /** From the request sent to the first piece of the answer, if it was streamed. */
    public Optional<Duration> timeToFirstToken() {
        return Optional.ofNullable(timeToFirstToken);
    }

    /** From the request sent to the end of the answer. */
    public Duration total() {
        return total;
    }

    /** How much it wrote. */
    public long completionTokens() {
        return completionTokens;
    }

    /** What went wrong, if anything did. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many attempts the endpoint had under way, this one included. */
    public int inFlight() {
        return inFlight;
    }
}
