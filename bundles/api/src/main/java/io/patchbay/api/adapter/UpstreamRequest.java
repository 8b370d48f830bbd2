package io.patchbay.api.adapter;

import io.patchbay.api.http.Headers;
import java.util.Collection;
import java.util.List;

/**
 * A request in a provider's own wire format. It names a path only: where it goes is the operator's word, in the
 * provider's base URL. Immutable, provided nobody writes to the body.
 */
public final class UpstreamRequest {
    private static final String JSON = "application/json";

    private final String method;
    private final String path;
    private final Headers headers;
    private final byte[] body;
    private final String contentType;
    private final Framing framing;
    private final List<String> dropped;

    private UpstreamRequest(
            String method,
            String path,
            Headers headers,
            byte[] body,
            String contentType,
            Framing framing,
            List<String> dropped) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.contentType = contentType;
        this.framing = framing;
        this.dropped = dropped;
    }

    /**
     * A POST of JSON.
     *
     * @param path what follows the provider's base URL, with its leading slash and its query if there is one
     * @param headers beside {@code Content-Type}, {@code Content-Length} and {@code Host}
     * @param framing of a successful answer; an error's body is always one whole frame
     */
    public static UpstreamRequest post(String path, Headers headers, byte[] body, Framing framing) {
        return new UpstreamRequest("POST", path, headers, body, JSON, framing, List.of());
    }

    /** A GET whose answer is one frame. */
    public static UpstreamRequest get(String path, Headers headers) {
        return new UpstreamRequest("GET", path, headers, new byte[0], "", Framing.WHOLE, List.of());
    }

    /** A POST of a form (application/x-www-form-urlencoded) whose answer is one frame. */
    public static UpstreamRequest form(String path, Headers headers, byte[] body) {
        return new UpstreamRequest(
                "POST", path, headers, body, "application/x-www-form-urlencoded", Framing.WHOLE, List.of());
    }

    /**
     * A POST of anything, whose answer is one frame.
     *
     * @param contentType of the body
     */
    public static UpstreamRequest post(String path, Headers headers, byte[] body, String contentType) {
        return new UpstreamRequest("POST", path, headers, body, contentType, Framing.WHOLE, List.of());
    }

    /**
     * This request, with a word on what it leaves out. What a provider can't do and the client does not insist on
     * ({@code provider.require_parameters}) is dropped, but never in silence.
     *
     * @param fields names of the client's fields that are not in it; those within messages and tools as {@link Hint}
     *     has them
     */
    public UpstreamRequest dropping(Collection<String> fields) {
        return fields.isEmpty()
                ? this
                : new UpstreamRequest(method, path, headers, body, contentType, framing, List.copyOf(fields));
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

    /** What kind of body it is; empty without one. */
    public String contentType() {
        return contentType;
    }

    /** Names of the client's fields that it leaves out because the provider knows nothing like them. */
    public List<String> dropped() {
        return dropped;
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
