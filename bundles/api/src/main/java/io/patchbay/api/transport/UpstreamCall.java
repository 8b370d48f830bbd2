package io.patchbay.api.transport;

import org.osgi.annotation.versioning.ProviderType;

/** A request under way. */
@ProviderType
public interface UpstreamCall {
    /** Breaks the exchange off; nothing is heard of it any more. At any time, by any thread, more than once. */
    void cancel();
}
