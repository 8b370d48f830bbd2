package io.patchbay.api.adapter;

import io.patchbay.api.http.Headers;

/**
 * A request in a provider's own wire format. It names a path only: where it goes is the operator's word, in the
 * provider's base URL. Immutable, provided nobody writes to the body.
 */
public final class UpstreamRequest {
    private final String method;
    private final String path;
    private final Headers headers;
    private final byte[] body;
    private final Framing framing;

    private UpstreamRequest(String method, String path, Headers headers, byte[] body, Framing framing) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.framing = framing;
    }

    /**
     * A POST of JSON.
     *
     * @param path what follows the provider's base URL, with its leading slash and its query if there is one
     * @param headers beside {@code Content-Type}, {@code Content-Length} and {@code Host}
     * @param framing of a successful answer; an error's body is always one whole frame
     */
    public static UpstreamRequest post(String path, Headers headers, byte[] body, Framing framing) {
        return new UpstreamRequest("POST", path, headers, body, framing);
    }

    /** A GET whose answer is one frame. */
    public static UpstreamRequest get(String path, Headers headers) {
        return new UpstreamRequest("GET", path, headers, new byte[0], Framing.WHOLE);
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** What follows the provider's base URL. */
    public String path() {
        return path;
    }

    /** The headers, those with the credential included. */
    public Headers headers() {
        return headers;
    }

    /** The body, not copied. */
    public byte[] body() {
        return body;
    }

    /** How a successful answer is cut into frames. */
    public Framing framing() {
        return framing;
    }

    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
