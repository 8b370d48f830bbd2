package io.patchbay.batches;

import io.patchbay.api.generation.Caller;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One request of a batch on its way to an endpoint, as if it had come over the network, and its answer. */
final class SentLine implements HttpRequest, HttpResponse {
    private final String id;
    private final String path;
    private final Caller caller;
    private final byte[] body;
    private final long sentNanos = System.nanoTime();
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    /** What came back. */
    record Reply(int status, Headers headers, String body) {}

    /**
     * A request.
     *
     * @param id of the request
     * @param caller on whose behalf
     */
    SentLine(String id, String path, Caller caller, byte[] body) {
        this.id = id;
        this.path = path;
        this.caller = caller;
        this.body = body;
    }

    /** Completes with the answer, exceptionally if there is none. */
    CompletionStage<Reply> reply() {
        return reply;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Caller> onBehalf() {
        return Optional.of(caller);
    }

    @Override
    public String remoteAddress() {
        return "";
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public long arrivedNanos() {
        return sentNanos;
    }

    @Override
    public void send(int status, Headers headers, byte[] answer) {
        reply.complete(new Reply(status, headers, new String(answer, StandardCharsets.UTF_8)));
    }

    @Override
    public void start(int status, Headers headers) {
        abort();
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer data) {
        return CompletableFuture.failedStage(new IllegalStateException("no stream was asked for"));
    }

    @Override
    public void end(ByteBuffer last) {
        abort();
    }

    @Override
    public void abort() {
        reply.completeExceptionally(new IllegalStateException("no whole answer came"));
    }

    @Override
    public void onClientGone(Runnable callback) {}
}
