package io.patchbay.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as {@link FakeUpstream} received it. Immutable, provided nobody writes to the body. */
public final class ReceivedRequest {
    private final String method;
    private final String path;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    ReceivedRequest(String method, String path, List<Map.Entry<String, String>> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The request target as sent: path and query. */
    public String path() {
        return path;
    }

    /** The first header of that name, in any case. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All headers of that name, in order. */
    public List<String> headers(String name) {
        return headers.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The names of all headers as sent, in order. */
    public List<String> headerNames() {
        return headers.stream().map(Map.Entry::getKey).toList();
    }

    /** The body, not copied. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
