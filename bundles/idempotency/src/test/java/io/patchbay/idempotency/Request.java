package io.patchbay.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.api.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/** A request with the body and the headers given. */
record Request(String text, Map<String, String> headers) implements HttpRequest {
    static Request named(String name, String text) {
        return new Request(text, Map.of("Idempotency-Key", name, "Authorization", "Bearer sk-one"));
    }

    @Override
    public String id() {
        return "request";
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String remoteAddress() {
        return "::1";
    }

    @Override
    public byte[] body() {
        return text.getBytes(UTF_8);
    }

    @Override
    public long arrivedNanos() {
        return 0;
    }
}
