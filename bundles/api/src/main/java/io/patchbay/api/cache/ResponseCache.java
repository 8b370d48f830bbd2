package io.patchbay.api.cache;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps answers by what was asked. Bounded; forgets at any time. For any thread; nothing blocks. */
@ProviderType
public interface ResponseCache {
    /** What was kept, if it has not become too old. */
    Optional<CachedAnswer> find(String question);

    /**
     * Keeps an answer, if it is not too large.
     *
     * @param question says who asked what: nobody else's is the same
     */
    void keep(String question, CachedAnswer answer);

    /** Forgets an answer. */
    void forget(String question);
}
