package io.patchbay.dialect.openai;

import io.patchbay.api.dialect.AnswerHeaders;
import io.patchbay.api.dialect.Costs;
import io.patchbay.api.dialect.Heads;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.EmbeddingsListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.json.JsonAppender;
import java.util.List;

/** Sends embeddings in OpenAI's format with OpenRouter's additions: who gave them, and the generation's id. */
final class EmbeddingsAnswer implements EmbeddingsListener {
    private final HttpResponse response;
    private final List<String> requestedModels;
    private final boolean withMetadata;

    EmbeddingsAnswer(HttpResponse response, List<String> requestedModels, boolean withMetadata) {
        this.response = response;
        this.requestedModels = requestedModels;
        this.withMetadata = withMetadata;
    }

    @Override
    public void embedded(Embeddings answer, GenerationRecord record) {
        var headers =
                AnswerHeaders.of(record).add("Content-Type", "application/json").build();
        response.send(200, headers, body(answer, record));
    }

    private byte[] body(Embeddings answer, GenerationRecord record) {
        var head = Heads.of(record);
        var out = new JsonAppender(answer.json().length() + 512);
        out.raw("{\"object\":\"list\",\"data\":").value(answer.json(), "data");
        out.raw(",\"model\":").string(head.model());
        out.raw(",\"id\":").string(head.id());
        out.raw(",\"provider\":").string(head.provider());
        record.usage().ifPresent(usage -> {
            long tokens = usage.promptTokens();
            out.raw(",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + ',');
            Costs.append(out, record);
            out.raw("}");
        });
        if (withMetadata) {
            RouterMetadata.of(record)
                    .ifPresent(metadata -> out.raw(",\"openrouter_metadata\":").raw(metadata.toString()));
        }
        return out.raw("}").toBytes();
    }

    @Override
    public void failed(Failure failure, GenerationRecord record) {
        FailedAnswer.send(response, failure, requestedModels, record, withMetadata);
    }
}
