package io.patchbay.api.generation;

import org.osgi.annotation.versioning.ProviderType;

/** One request under way. */
@ProviderType
public interface Generation {
    /** Its id, {@code gen-…}. */
    String id();

    /** The client is gone: stop, upstream too. The listener hears nothing more. At any time, by any thread. */
    void cancel();
}
