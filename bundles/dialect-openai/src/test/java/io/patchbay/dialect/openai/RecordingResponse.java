package io.patchbay.dialect.openai;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what is sent to a client. */
final class RecordingResponse implements HttpResponse {
    int status;
    Headers headers = Headers.none();
    final List<String> written = new ArrayList<>();
    boolean ended;
    boolean aborted;
    /** What each write returns. */
    CompletionStage<Void> taken = CompletableFuture.completedStage(null);

    @Override
    public void send(int code, Headers all, byte[] body) {
        status = code;
        headers = all;
        written.add(new String(body, StandardCharsets.UTF_8));
        ended = true;
    }

    @Override
    public void start(int code, Headers all) {
        if (status != 0) {
            throw new IllegalStateException("started twice");
        }
        status = code;
        headers = all;
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer data) {
        written.add(StandardCharsets.UTF_8.decode(data.duplicate()).toString());
        return taken;
    }

    @Override
    public void end(ByteBuffer last) {
        written.add(StandardCharsets.UTF_8.decode(last.duplicate()).toString());
        ended = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public void onClientGone(Runnable callback) {}

    String text() {
        return String.join("", written);
    }
}
