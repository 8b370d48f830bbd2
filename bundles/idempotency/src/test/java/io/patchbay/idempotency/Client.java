package io.patchbay.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client that waits for its answer, or goes. */
final class Client implements HttpResponse {
    final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile Headers headers = Headers.none();
    private int begun;
    private boolean isGone;
    private @Nullable Runnable whenGone;

    synchronized String body() {
        return body.toString(UTF_8);
    }

    Headers headers() {
        return headers;
    }

    synchronized void go() {
        isGone = true;
        if (whenGone != null) {
            whenGone.run();
        }
    }

    @Override
    public synchronized void send(int sent, Headers with, byte[] bytes) {
        if (!isGone) {
            headers = with;
            body.writeBytes(bytes);
            status.complete(sent);
        }
    }

    @Override
    public synchronized void start(int sent, Headers with) {
        begun = sent;
        headers = with;
    }

    @Override
    public synchronized CompletionStage<Void> write(ByteBuffer data) {
        if (isGone) {
            return CompletableFuture.failedStage(new IllegalStateException("the client is gone"));
        }
        while (data.hasRemaining()) {
            body.write(data.get());
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized void end(ByteBuffer last) {
        if (!isGone) {
            write(last);
            status.complete(begun);
        }
    }

    @Override
    public void abort() {
        status.completeExceptionally(new IllegalStateException("aborted"));
    }

    @Override
    public synchronized void onClientGone(Runnable callback) {
        whenGone = callback;
        if (isGone) {
            callback.run();
        }
    }
}
