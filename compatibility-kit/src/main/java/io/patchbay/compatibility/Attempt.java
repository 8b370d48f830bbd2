package io.patchbay.compatibility;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.UpstreamListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hears an answer as the gateway would and has the adapter read it. */
final class Attempt implements UpstreamListener {
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final ChatAdapter adapter;
    private final ChatDecoder decoder;
    private final UpstreamRequest request;
    private final List<ChatEvent> events = new ArrayList<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private int errorStatus;
    private Headers errorHeaders = Headers.none();
    private byte[] errorBody = new byte[0];

    Attempt(ChatAdapter adapter, ChatDecoder decoder, UpstreamRequest request) {
        this.adapter = adapter;
        this.decoder = decoder;
        this.request = request;
    }

    /** Completes with all that was said; exceptionally if the adapter threw something. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    @Override
    public Framing head(int status, Headers headers) {
        if (status < 300) {
            return request.framing();
        }
        errorStatus = status;
        errorHeaders = headers;
        return Framing.WHOLE;
    }

    @Override
    public CompletionStage<Void> frames(List<Frame> frames) {
        if (errorStatus != 0) {
            errorBody = frames.get(0).data();
            return MORE;
        }
        guarded(() -> {
            for (var frame : frames) {
                // The gateway asks no further either, once there is a last event.
                if (!isOver()) {
                    decoder.decode(frame, events::add);
                }
            }
        });
        return MORE;
    }

    @Override
    public void ended() {
        guarded(() -> {
            if (errorStatus != 0) {
                events.add(new ChatEvent.Failed(adapter.classify(errorStatus, errorHeaders, errorBody)));
            } else if (!isOver()) {
                decoder.end(events::add);
            }
            answer.complete(Answer.of(events));
        });
    }

    @Override
    public void failed(Failure failure) {
        if (!isOver()) {
            events.add(new ChatEvent.Failed(failure));
        }
        answer.complete(Answer.of(events));
    }

    private boolean isOver() {
        return !events.isEmpty() && !(events.get(events.size() - 1) instanceof ChatChunk);
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error defect) {
            answer.completeExceptionally(defect);
        }
    }
}
