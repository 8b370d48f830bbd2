package io.patchbay.compatibility;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Knows just enough of the canonical format for the kit's own exchanges, and can be told to do wrong. */
final class ToyAdapter implements ChatAdapter {
    private String path = "/chat/completions";
    private String from = "";
    private String to = "";
    private String forgotten = "";
    private Function<ChatEvent, List<ChatEvent>> filter = List::of;
    private Optional<Failure> always = Optional.empty();

    ToyAdapter writingTo(String other) {
        path = "/" + other;
        return this;
    }

    ToyAdapter renaming(String field, String other) {
        from = field;
        to = other;
        return this;
    }

    ToyAdapter forgetting(String text) {
        forgotten = text;
        return this;
    }

    ToyAdapter filtering(Function<ChatEvent, List<ChatEvent>> other) {
        filter = other;
        return this;
    }

    ToyAdapter classifying(Failure other) {
        always = Optional.of(other);
        return this;
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var body = request.json().rewrite().set("model", endpoint.upstreamModel());
        if (request.stream()) {
            body.raw("stream_options", "{\"include_usage\":true}");
        } else {
            body.remove("stream");
        }
        if (!from.isEmpty()) {
            body.rename(from, to);
        }
        var written = new String(body.toBytes(), StandardCharsets.UTF_8);
        return UpstreamRequest.post(
                path,
                Headers.none(),
                (forgotten.isEmpty() ? written : written.replace(forgotten, "")).getBytes(StandardCharsets.UTF_8),
                request.stream() ? Framing.SSE : Framing.WHOLE);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        return new Decoder(request.stream());
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        var message = JsonView.parse(body)
                .object("error")
                .flatMap(error -> error.string("message"))
                .orElse("");
        var error = ProviderError.answered(status, headers, "", message);
        return always.orElseGet(() -> error.toFailure(error.kindByStatus()).build());
    }

    private final class Decoder implements ChatDecoder {
        private final boolean streamed;
        private boolean ended;

        Decoder(boolean streamed) {
            this.streamed = streamed;
        }

        @Override
        public void decode(Frame frame, Consumer<? super ChatEvent> events) {
            var text = new String(frame.data(), StandardCharsets.UTF_8);
            if (text.equals("[DONE]")) {
                emit(ended ? ChatEvent.End.INSTANCE : cutOff(), events);
                return;
            }
            // Plain enough for a toy: empty ids and names are what a later piece must not have.
            var mended = text.replace("\"id\": \"\", ", "").replace("\"name\": \"\", ", "");
            var json = JsonView.parse(
                    mended.replace("\"finish_reason\": \"", "\"native_finish_reason\": \"-\", \"finish_reason\": \""));
            ended |= text.contains("\"finish_reason\": \"");
            emit(streamed ? ChatChunk.of(json) : ChatCompletion.of(json), events);
        }

        @Override
        public void end(Consumer<? super ChatEvent> events) {
            if (streamed) {
                emit(ended ? ChatEvent.End.INSTANCE : cutOff(), events);
            }
        }

        private void emit(ChatEvent event, Consumer<? super ChatEvent> events) {
            filter.apply(event).forEach(events);
        }

        private ChatEvent cutOff() {
            return new ChatEvent.Failed(Failure.of(FailureKind.CUT_OFF, "cut off"));
        }
    }
}
