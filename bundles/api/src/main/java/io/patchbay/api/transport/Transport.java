package io.patchbay.api.transport;

import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import org.osgi.annotation.versioning.ProviderType;

/** Sends requests upstream. Connections are pooled per provider address; redirects are never followed. */
@ProviderType
public interface Transport {
    /**
     * Sends a request to a provider, within that provider's timeouts. Does not block; the listener is called later, by
     * one thread at a time, and hears exactly one of {@link UpstreamListener#ended()} and
     * {@link UpstreamListener#failed} at the end, unless the call is cancelled.
     */
    UpstreamCall send(Provider provider, UpstreamRequest request, UpstreamListener listener);
}
