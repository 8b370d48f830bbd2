package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Translates chats to one wire format and back. Register it as a service with the property {@value #NAME}; providers
 * name it in their configuration.
 *
 * <p>Pure: an adapter opens no socket, starts no thread, reads no clock and keeps no credential. Its methods are called
 * by many threads at once and must not block.
 */
@ConsumerType
public interface ChatAdapter {
    /** Service property: the name by which providers choose this adapter. */
    String NAME = "patchbay.adapter";

    /**
     * Whether the provider itself fetches what a part of a message names by this address: a picture, a video, a file. What
     * it does not fetch, the gateway does, and the request is encoded with a {@code data:} URL in the address's place;
     * unless nothing that fetches is installed.
     *
     * @param url as the client has written it, which begins with {@code http:} or {@code https:}
     */
    default boolean fetches(String url, Endpoint endpoint) {
        return true;
    }

    /**
     * Writes the provider's request.
     *
     * @throws io.patchbay.api.failure.FailureException if this request can't be said in the provider's format; the
     *     next candidate is tried
     */
    UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential);

    /** A decoder for one attempt. */
    ChatDecoder decoder(ChatRequest request, Endpoint endpoint);

    /**
     * Says what an error answer means.
     *
     * @param status the HTTP status, 300 to 599
     * @param headers of the answer
     * @param body as much of it as was read; may be empty, HTML or anything else
     * @return a failure whose texts hold no secrets and no HTML
     */
    Failure classify(int status, Headers headers, byte[] body);
}
