package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Provider;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Asks a provider which models it has. A service beside the {@link ChatAdapter} of the same
 * {@link ChatAdapter#NAME}; pure like it.
 */
@ConsumerType
public interface ModelListAdapter {
    /** Writes the question. */
    UpstreamRequest encode(Provider provider, Credential credential);

    /**
     * Reads the answer.
     *
     * @return the provider's own model names
     * @throws io.patchbay.api.failure.FailureException MALFORMED_ANSWER if it can't be read
     */
    List<String> decode(byte[] body);
}
