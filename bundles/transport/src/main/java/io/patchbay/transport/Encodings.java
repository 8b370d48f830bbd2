package io.patchbay.transport;

import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;

/** Undoes a {@code Content-Encoding}. None was asked for, but some providers compress nevertheless. */
final class Encodings {
    private Encodings() {}

    /**
     * The body as it was meant.
     *
     * @throws io.patchbay.api.failure.FailureException MALFORMED_ANSWER if the encoding is not known
     */
    static Content.Source decode(HttpFields headers, Content.Source body) {
        var encoding = headers.get(HttpHeader.CONTENT_ENCODING);
        if (encoding == null) {
            return body;
        }
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new InflatingSource(body, Inflation.gzip());
            case "deflate" -> new InflatingSource(body, Inflation.deflate());
            default -> throw Failures.unknownEncoding().toException();
        };
    }
}
