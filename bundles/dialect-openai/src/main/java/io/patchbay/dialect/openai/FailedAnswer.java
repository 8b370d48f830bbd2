package io.patchbay.dialect.openai;

import io.patchbay.api.dialect.AnswerHeaders;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends a failure as the whole of an answer. */
final class FailedAnswer {
    private FailedAnswer() {}

    static void send(
            HttpResponse response,
            Failure failure,
            List<String> requestedModels,
            GenerationRecord record,
            boolean withMetadata) {
        var error = new ErrorAnswer(failure, requestedModels);
        var body = error.body();
        if (withMetadata) {
            RouterMetadata.of(record).ifPresent(metadata -> body.add("openrouter_metadata", metadata));
        }
        response.send(
                error.status(),
                AnswerHeaders.of(record).addAll(error.headers()).build(),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
