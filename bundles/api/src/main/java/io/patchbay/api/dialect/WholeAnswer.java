package io.patchbay.api.dialect;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sends an answer as one JSON body. */
public final class WholeAnswer implements GenerationListener {
    private final HttpResponse response;
    private final AnswerFormat format;

    /** An answer to be sent. */
    public WholeAnswer(HttpResponse response, AnswerFormat format) {
        this.response = response;
        this.format = format;
    }

    @Override
    public CompletionStage<Void> chunks(GenerationHead head, List<ChatChunk> chunks) {
        throw new IllegalStateException("a chunk to a request for a whole answer");
    }

    @Override
    public void ended(GenerationRecord record) {
        throw new IllegalStateException("the end of a stream to a request for a whole answer");
    }

    @Override
    public void completed(ChatCompletion completion, GenerationRecord record) {
        var headers = AnswerHeaders.of(record)
                .addAll(format.headers())
                .add("Content-Type", "application/json")
                .build();
        response.send(200, headers, format.whole(completion, record));
    }

    @Override
    public void failed(Failure failure, GenerationRecord record) {
        format.failed(failure, record, response);
    }
}
