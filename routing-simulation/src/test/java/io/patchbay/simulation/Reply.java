package io.patchbay.simulation;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;

/**
 * What comes of an attempt.
 *
 * @param firstToken seconds until the first token, or until the failure
 * @param total seconds until it is over
 * @param failure why nothing came, if nothing did
 */
record Reply(double firstToken, double total, Optional<Failure> failure) {
    static Reply answer(double firstToken, double total) {
        return new Reply(firstToken, total, Optional.empty());
    }

    /** This, for somebody who waits so many seconds for the first token. */
    Reply within(double seconds) {
        return firstToken > seconds ? failure(seconds, FailureKind.TIMEOUT) : this;
    }

    static Reply failure(double after, FailureKind kind) {
        return new Reply(after, after, Optional.of(Failure.of(kind, "simulated")));
    }

    static Reply askingToWait(double after, Duration wait) {
        return new Reply(
                after,
                after,
                Optional.of(Failure.builder(FailureKind.RATE_LIMITED, "simulated")
                        .retryAfter(wait)
                        .build()));
    }
}
