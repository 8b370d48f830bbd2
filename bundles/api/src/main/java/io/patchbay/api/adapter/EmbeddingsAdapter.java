package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Translates requests for embeddings to one wire format and back. A service with the property {@link ChatAdapter#NAME},
 * beside or without a {@link ChatAdapter} of the same name; pure like it.
 */
@ConsumerType
public interface EmbeddingsAdapter {
    /**
     * Writes the provider's request.
     *
     * @throws io.patchbay.api.failure.FailureException if this request can't be said in the provider's format; the
     *     next candidate is tried
     */
    UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential);

    /**
     * Reads the answer.
     *
     * @return vectors as numbers or as base64, whichever the provider gave
     * @throws io.patchbay.api.failure.FailureException MALFORMED_ANSWER if it can't be read; else what the provider says
     *     is wrong
     */
    Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body);

    /**
     * Reads the answer of a provider that tells the number of tokens in a header. This is what the gateway calls; it
     * brings vectors into the order and the form that the client wants by itself, see {@link Embeddings#answering}.
     */
    default Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, Headers headers, byte[] body) {
        return decode(request, endpoint, body);
    }

    /** As {@link ChatAdapter#classify}. */
    Failure classify(int status, Headers headers, byte[] body);
}
