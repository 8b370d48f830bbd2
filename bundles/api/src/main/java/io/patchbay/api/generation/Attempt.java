package io.patchbay.api.generation;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One try at one endpoint. Immutable. */
public final class Attempt {
    private final Endpoint endpoint;
    private final Duration duration;
    private final @Nullable Failure failure;
    private final List<String> dropped;

    private Attempt(Endpoint endpoint, Duration duration, @Nullable Failure failure, List<String> dropped) {
        this.endpoint = endpoint;
        this.duration = duration;
        this.failure = failure;
        this.dropped = dropped;
    }

    /** The try that won, or would have if anybody had wanted its end. */
    public static Attempt success(Endpoint endpoint, Duration duration) {
        return new Attempt(endpoint, duration, null, List.of());
    }

    /** A try that failed. */
    public static Attempt failed(Endpoint endpoint, Duration duration, Failure failure) {
        return new Attempt(endpoint, duration, failure, List.of());
    }

    /** This try, of which is known what the provider was not told. */
    public Attempt dropping(List<String> fields) {
        return fields.isEmpty() ? this : new Attempt(endpoint, duration, failure, List.copyOf(fields));
    }

    /** Where. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** How long it took. */
    public Duration duration() {
        return duration;
    }

    /** What went wrong, if anything did. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Names of the request's fields that were left out, because this provider knows nothing like them. */
    public List<String> dropped() {
        return dropped;
    }
}
