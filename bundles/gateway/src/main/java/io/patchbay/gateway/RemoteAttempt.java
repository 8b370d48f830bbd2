package io.patchbay.gateway;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A chat with a provider: frames become events as they come. */
final class RemoteAttempt extends RemoteCall {
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final GenerationRun run;
    private final ChatRequest request;
    private final Endpoint endpoint;
    private final ChatAdapter adapter;
    private final ChatDecoder decoder;

    RemoteAttempt(
            GenerationRun run,
            ChatRequest request,
            Endpoint endpoint,
            ChatAdapter adapter,
            Lease<Upstream> lease,
            GatewayParts parts) {
        super(run, endpoint, lease, parts);
        this.run = run;
        this.request = request;
        this.endpoint = endpoint;
        this.adapter = adapter;
        this.decoder = adapter.decoder(request, endpoint);
    }

    @Override
    UpstreamRequest encode(Credential credential) {
        var encoded = adapter.encode(request, endpoint, credential);
        run.sending(encoded);
        return encoded;
    }

    @Override
    Failure classify(int status, Headers answered, byte[] body) {
        return adapter.classify(status, answered, body);
    }

    @Override
    public CompletionStage<Void> frames(List<Frame> frames) {
        if (isError()) {
            keepError(frames);
            return MORE;
        }
        return decode(events -> frames.forEach(frame -> decoder.decode(frame, events)));
    }

    @Override
    public void ended() {
        if (isError()) {
            decode(events -> events.accept(new ChatEvent.Failed(error())));
        } else {
            decode(decoder::end);
        }
        release();
    }

    @Override
    void fail(Failure failure) {
        run.received(this, List.of(new ChatEvent.Failed(failure)));
    }

    private CompletionStage<Void> decode(Consumer<Consumer<ChatEvent>> work) {
        var events = new ArrayList<ChatEvent>();
        try {
            work.accept(events::add);
        } catch (RuntimeException | Error defect) {
            events.add(new ChatEvent.Failed(defect(defect)));
        }
        return events.isEmpty() ? MORE : run.received(this, events);
    }
}
