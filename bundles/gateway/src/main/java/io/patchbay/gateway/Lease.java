package io.patchbay.gateway;

/**
 * The right to use an adapter for one attempt. As long as it is held, the adapter is not deactivated (up to the drain
 * timeout). Given back once, by {@link #close()}; further calls do nothing.
 *
 * @param <U> how the adapter is used
 */
final class Lease<U> implements AutoCloseable {
    private final Registration<U> registration;
    private Runnable alsoAtTheEnd = () -> {};
    private boolean closed;

    Lease(Registration<U> registration) {
        this.registration = registration;
    }

    U upstream() {
        return registration.upstream();
    }

    /** This lease, which does something more when it is given back. */
    synchronized Lease<U> andThen(Runnable more) {
        var before = alsoAtTheEnd;
        alsoAtTheEnd = () -> {
            before.run();
            more.run();
        };
        return this;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            alsoAtTheEnd.run();
            registration.release();
        }
    }
}
