package io.patchbay.api.dialect;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Has a format write everything there is once, to nobody, so that all of its classes are loaded: an answer can outlive the
 * moment from which a bundle that is updated loads no more.
 */
public final class Rehearsal {
    private static final String SAID =
            "{\"role\":\"assistant\",\"content\":\"a\",\"refusal\":\"a\",\"reasoning\":\"a\","
                    + "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"a\",\"signature\":\"a\",\"index\":0},"
                    + "{\"type\":\"reasoning.summary\",\"summary\":\"a\",\"index\":1},"
                    + "{\"type\":\"reasoning.encrypted\",\"data\":\"a\",\"format\":\"a\",\"index\":2}],"
                    + "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"a\"}}],"
                    + "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}]}";

    private static final String USAGE = "{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}";

    private Rehearsal() {}

    /**
     * Rehearses.
     *
     * @param formats makes a format for each answer
     */
    public static void of(Supplier<? extends AnswerFormat> formats) {
        var record = GenerationRecord.builder("gen-0-a", Instant.EPOCH)
                .usage(Usage.of(JsonView.parse(USAGE)))
                .build();
        var failure = Failure.of(FailureKind.OVERLOADED, "a");
        var whole = formats.get();
        var unusedHeaders = whole.headers();
        var unusedBody = whole.whole(ChatCompletion.of(choices("message")), record);
        formats.get().failed(failure, record, new Nobody());
        for (boolean breaks : new boolean[] {true, false}) {
            var streamed = formats.get();
            var unusedComment = streamed.keepAlive();
            var unusedChunks = streamed.chunks(Heads.of(record), List.of(ChatChunk.of(choices("delta"))));
            var unusedEnd = breaks ? streamed.broken(failure, record) : streamed.end(record);
        }
    }

    private static JsonView choices(String name) {
        return JsonView.parse(
                "{\"choices\":[{\"index\":0,\"" + name + "\":" + SAID + ",\"finish_reason\":\"tool_calls\"}]}");
    }

    /** Hears nothing. */
    private static final class Nobody implements HttpResponse {
        @Override
        public void send(int status, Headers headers, byte[] body) {}

        @Override
        public void start(int status, Headers headers) {}

        @Override
        public CompletionStage<Void> write(ByteBuffer data) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void end(ByteBuffer last) {}

        @Override
        public void abort() {}

        @Override
        public void onClientGone(Runnable callback) {}
    }
}
