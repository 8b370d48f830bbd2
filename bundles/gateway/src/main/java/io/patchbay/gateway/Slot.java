package io.patchbay.gateway;

import java.util.Optional;

/** Holds a part of the gateway that may not be there. For any thread. */
final class Slot<T> {
    private volatile Optional<T> part = Optional.empty();

    Optional<T> get() {
        return part;
    }

    /** From now on, this one is there. */
    void put(T one) {
        part = Optional.of(one);
    }

    /** It goes, unless another one has come. */
    void take(T leaving) {
        if (part.filter(one -> one == leaving).isPresent()) {
            part = Optional.empty();
        }
    }
}
