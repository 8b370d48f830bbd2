package io.patchbay.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** The header fields that every answer carries. */
final class StandardHeaders {
    static final String REQUEST_ID = "X-Request-Id";

    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField ANY_ORIGIN = new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    private static final HttpField EXPOSED = new PreEncodedHttpField(
            HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS,
            "X-Request-Id, X-Generation-Id, Retry-After, Idempotent-Replayed, X-RateLimit-Limit,"
                    + " X-RateLimit-Remaining, X-RateLimit-Reset, X-Patchbay-Provider, X-Patchbay-Attempts,"
                    + " X-Patchbay-Latency-Ms, X-Patchbay-Prompt-Tokens, X-Patchbay-Completion-Tokens");

    private final boolean cors;

    StandardHeaders(boolean cors) {
        this.cors = cors;
    }

    void addTo(HttpFields.Mutable headers, String requestId) {
        headers.add(REQUEST_ID, requestId);
        headers.add(NO_SNIFFING);
        if (cors) {
            headers.add(ANY_ORIGIN);
            headers.add(EXPOSED);
        }
    }
}
