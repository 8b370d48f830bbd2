package io.patchbay.dialect.openai;

import com.google.gson.JsonObject;
import io.patchbay.api.dialect.AnswerHeaders;
import io.patchbay.api.dialect.Costs;
import io.patchbay.api.dialect.Heads;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.tasks.Task;
import io.patchbay.api.tasks.TaskAnswer;
import io.patchbay.api.tasks.TaskListener;
import io.patchbay.api.tasks.TaskRequest;
import java.nio.charset.StandardCharsets;

/** Sends what came of a task: in OpenRouter's and OpenAI's format, or as the bytes that it is. */
final class TaskAnswerWriter implements TaskListener {
    private final HttpResponse response;
    private final TaskRequest request;
    private final boolean withMetadata;

    TaskAnswerWriter(HttpResponse response, TaskRequest request, boolean withMetadata) {
        this.response = response;
        this.request = request;
        this.withMetadata = withMetadata;
    }

    @Override
    public void done(TaskAnswer answer, GenerationRecord record) {
        var json = answer.json();
        var headers = AnswerHeaders.of(record)
                .add("Content-Type", answer.contentType())
                .build();
        response.send(200, headers, json.isPresent() ? body(json.get().toTree(), record) : answer.bytes());
    }

    private byte[] body(JsonObject answer, GenerationRecord record) {
        var head = Heads.of(record);
        var body = new JsonObject();
        body.addProperty("id", head.id());
        body.addProperty("model", head.model());
        body.addProperty("provider", head.provider());
        answer.entrySet().forEach(member -> body.add(member.getKey(), member.getValue()));
        if (request.task() == Task.IMAGE && !body.has("created")) {
            body.addProperty("created", head.created().getEpochSecond());
        }
        body.add("usage", usage(record));
        if (withMetadata) {
            RouterMetadata.of(record).ifPresent(metadata -> body.add("openrouter_metadata", metadata));
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonObject usage(GenerationRecord record) {
        var usage = record.usage().map(counts -> counts.json().toTree()).orElseGet(JsonObject::new);
        if (request.task() == Task.TRANSCRIPTION) {
            usage.add("input_tokens", usage.remove("prompt_tokens"));
            usage.add("output_tokens", usage.remove("completion_tokens"));
        }
        Costs.addTo(usage, record);
        return usage;
    }

    @Override
    public void failed(Failure failure, GenerationRecord record) {
        FailedAnswer.send(response, failure, request.models(), record, withMetadata);
    }
}
