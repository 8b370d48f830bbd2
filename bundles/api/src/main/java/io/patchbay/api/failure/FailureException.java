package io.patchbay.api.failure;

import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Carries a {@link Failure} up the stack. The only exception that Patchbay's services throw on purpose. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailureException(Failure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    /** The failure that a future failed with, if it is one and not a defect. */
    public static Optional<Failure> find(Throwable thrown) {
        var cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        return cause instanceof FailureException failed ? Optional.of(failed.failure) : Optional.empty();
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }

    /** No stack trace: a failure is an answer, not a defect. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
