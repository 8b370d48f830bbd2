package io.patchbay.gateway;

/**
 * The right to use an adapter for one attempt. As long as it is held, the adapter is not deactivated (up to the drain
 * timeout). Given back once, by {@link #close()}; further calls do nothing.
 */
final class Lease implements AutoCloseable {
    private final Registration registration;
    private boolean closed;

    Lease(Registration registration) {
        this.registration = registration;
    }

    Upstream upstream() {
        return registration.upstream();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            registration.release();
        }
    }
}
