package io.patchbay.http;

import io.patchbay.api.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** A request that has arrived whole. Holds nothing of Jetty's that is used again for the next request. */
final class ReceivedRequest implements HttpRequest {
    private final String id;
    private final String method;
    private final String path;
    private final @Nullable String query;
    private final HttpFields headers;
    private final byte[] body;
    private final String remoteAddress;
    private final long arrivedNanos;

    ReceivedRequest(
            String id,
            String method,
            String path,
            @Nullable String query,
            HttpFields headers,
            byte[] body,
            String remoteAddress,
            long arrivedNanos) {
        this.id = id;
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.remoteAddress = remoteAddress;
        this.arrivedNanos = arrivedNanos;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> query(String name) {
        if (query == null) {
            return Optional.empty();
        }
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (decoded(query.substring(start, nameEnd)).equals(name)) {
                return Optional.of(decoded(query.substring(Math.min(nameEnd + 1, end), end)));
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign stands for itself.
            return text;
        }
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }
}
