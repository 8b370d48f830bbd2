package io.patchbay.dialect.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.dialect.AnswerFormat;
import io.patchbay.api.dialect.AnswerHeaders;
import io.patchbay.api.dialect.Heads;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes an answer as a message, or as the <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">
 * events of a streamed one</a>. */
final class MessagesWriter implements AnswerFormat {
    private final String requestId;
    private final StopReason stop = new StopReason();
    private final EventWriter events = new EventWriter();
    private final Counts counts = new Counts();

    /** @param requestId of the HTTP request */
    MessagesWriter(String requestId) {
        this.requestId = requestId;
    }

    @Override
    public Headers headers() {
        return Headers.of("request-id", requestId);
    }

    @Override
    public byte[] whole(ChatCompletion completion, GenerationRecord record) {
        var head = Heads.of(record);
        var choice = completion.choices().get(0);
        stop.note(choice);
        var message = envelope(head);
        message.add("content", WholeContent.of(choice.object("message").orElseGet(() -> JsonView.parse("{}"))));
        message.addProperty("stop_reason", stop.reason());
        message.add("usage", counts.of(record));
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject envelope(GenerationHead head) {
        var message = new JsonObject();
        message.addProperty("id", head.id());
        message.addProperty("type", "message");
        message.addProperty("role", "assistant");
        message.addProperty("model", head.model());
        message.addProperty("provider", head.provider());
        message.add("content", new JsonArray());
        message.add("stop_reason", JsonNull.INSTANCE);
        addUnsaid(message);
        return message;
    }

    /**
     * What no provider of another kind says: which sequence it was, the category of a refusal, the container of its tools.
     * Strict clients want the fields all the same.
     */
    private static void addUnsaid(JsonObject end) {
        end.add("stop_sequence", JsonNull.INSTANCE);
        end.add("stop_details", JsonNull.INSTANCE);
        end.add("container", JsonNull.INSTANCE);
    }

    @Override
    public void failed(Failure failure, GenerationRecord record, HttpResponse response) {
        new MessagesError(failure, requestId).sendTo(response, AnswerHeaders.of(record));
    }

    @Override
    public ByteBuffer chunks(GenerationHead head, List<ChatChunk> chunks) {
        start(head);
        for (var chunk : chunks) {
            for (var choice : chunk.choices()) {
                if (choice.integer("index").orElse(0) == 0) {
                    stop.note(choice);
                    choice.object("delta").ifPresent(events::delta);
                }
            }
        }
        return events.take();
    }

    private void start(GenerationHead head) {
        if (events.hasBegun()) {
            return;
        }
        var message = envelope(head);
        // The counts are known at the end; the last event has them.
        message.add("usage", counts.none());
        var event = new JsonObject();
        event.add("message", message);
        events.begin(event);
    }

    @Override
    public ByteBuffer end(GenerationRecord record) {
        start(Heads.of(record));
        events.close();
        var delta = new JsonObject();
        delta.addProperty("stop_reason", stop.reason());
        addUnsaid(delta);
        var event = new JsonObject();
        event.add("delta", delta);
        event.add("usage", counts.of(record));
        events.event("message_delta", event);
        events.event("message_stop", new JsonObject());
        return events.take();
    }

    @Override
    public ByteBuffer broken(Failure failure, GenerationRecord record) {
        events.raw("error", new MessagesError(failure, requestId).toString());
        return events.take();
    }

    @Override
    public ByteBuffer keepAlive() {
        return ByteBuffer.wrap("event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}
