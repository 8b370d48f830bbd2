package io.patchbay.api.failure;

/** Carries a {@link Failure} up the stack. The only exception that Patchbay's services throw on purpose. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailureException(Failure failure) {
        super(failure.toString());
        this.failure = failure;
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
