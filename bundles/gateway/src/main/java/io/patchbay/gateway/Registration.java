package io.patchbay.gateway;

import io.patchbay.api.swap.Leases;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One installed adapter and its leases.
 *
 * @param <U> how it is used
 */
final class Registration<U> {
    private final String name;
    private final U upstream;
    private final Rank rank;
    private final BooleanSupplier uninstalled;
    private final Leases leases = new Leases();

    /**
     * @param name by which providers choose the adapter
     * @param uninstalled whether the bundle it came from is gone for good
     */
    Registration(String name, U upstream, Rank rank, BooleanSupplier uninstalled) {
        this.name = name;
        this.upstream = upstream;
        this.rank = rank;
        this.uninstalled = uninstalled;
    }

    String name() {
        return name;
    }

    U upstream() {
        return upstream;
    }

    Rank rank() {
        return rank;
    }

    boolean isUninstalled() {
        return uninstalled.getAsBoolean();
    }

    Optional<Lease<U>> lease() {
        return leases.acquire() ? Optional.of(new Lease<>(this)) : Optional.empty();
    }

    void release() {
        leases.release();
    }

    /** Gives no more leases and waits for those that are out; false if some are still out when the time is over. */
    boolean drain(Duration patience) {
        return leases.drain(patience);
    }
}
