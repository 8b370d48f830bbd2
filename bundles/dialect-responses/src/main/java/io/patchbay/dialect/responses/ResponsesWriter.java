package io.patchbay.dialect.responses;

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
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.json.JsonTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes an answer as a response, or as the <a
 * href="https://platform.openai.com/docs/api-reference/responses-streaming">events of a streamed one</a>.
 */
final class ResponsesWriter implements AnswerFormat {
    private final List<String> requestedModels;
    private final ResponseObject envelope;
    private final Events events = new Events();
    private final Output output;
    private String finishReason = "";
    private boolean begun;

    /** @param asked the request as the client wrote it */
    ResponsesWriter(JsonObject asked, List<String> requestedModels) {
        this.requestedModels = requestedModels;
        this.envelope = new ResponseObject(asked);
        this.output = new Output(events, CustomTools.names(asked));
    }

    @Override
    public byte[] whole(ChatCompletion completion, GenerationRecord record) {
        var choice = completion.choices().get(0);
        finishReason = choice.string("finish_reason").orElse("");
        choice.object("message").ifPresent(message -> output.delta(message, record.id()));
        output.closeAll();
        return response(record).toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonObject response(GenerationRecord record) {
        var response = envelope.of(Heads.of(record), status(), output.items());
        response.addProperty(
                "completed_at", record.created().plus(record.total()).getEpochSecond());
        response.addProperty("output_text", output.text());
        ResponseObject.addUsage(record, response);
        if (status().equals("incomplete")) {
            var details = new JsonObject();
            details.addProperty("reason", finishReason.equals("length") ? "max_output_tokens" : "content_filter");
            response.add("incomplete_details", details);
            response.add("completed_at", JsonNull.INSTANCE);
        }
        return response;
    }

    private String status() {
        return finishReason.equals("length") || finishReason.equals("content_filter") ? "incomplete" : "completed";
    }

    @Override
    public void failed(Failure failure, GenerationRecord record, HttpResponse response) {
        var error = new ErrorAnswer(failure, requestedModels);
        response.send(
                error.status(), AnswerHeaders.of(record).addAll(error.headers()).build(), error.bytes());
    }

    @Override
    public ByteBuffer chunks(GenerationHead head, List<ChatChunk> chunks) {
        begin(head);
        for (var chunk : chunks) {
            for (var choice : chunk.choices()) {
                if (choice.integer("index").orElse(0) == 0) {
                    finishReason = choice.string("finish_reason").orElse(finishReason);
                    choice.object("delta").ifPresent(delta -> output.delta(delta, head.id()));
                }
            }
        }
        return events.take();
    }

    private void begin(GenerationHead head) {
        if (begun) {
            return;
        }
        begun = true;
        for (var type : List.of("response.created", "response.in_progress")) {
            events.add(type, with(envelope.begun(head)));
        }
    }

    private static JsonObject with(JsonObject response) {
        var event = new JsonObject();
        event.add("response", response);
        return event;
    }

    @Override
    public ByteBuffer end(GenerationRecord record) {
        begin(Heads.of(record));
        output.closeAll();
        events.add("response." + status(), with(response(record)));
        return events.take();
    }

    @Override
    public ByteBuffer broken(Failure failure, GenerationRecord record) {
        var head = Heads.of(record);
        begin(head);
        var answer = new ErrorAnswer(failure, requestedModels).error();
        var error = new JsonObject();
        error.addProperty("code", answer.get("code").getAsInt() == 429 ? "rate_limit_exceeded" : "server_error");
        error.addProperty("message", failure.message());
        var response = envelope.of(head, "failed", output.items());
        response.add("error", error);
        response.add("error_type", JsonTree.object(answer.get("metadata")).get("error_type"));
        ResponseObject.addUsage(record, response);
        events.add("response.failed", with(response));
        return events.take();
    }
}
