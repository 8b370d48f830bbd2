package io.patchbay.dialect.openai;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.dialect.AnswerFormat;
import io.patchbay.api.dialect.Heads;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes answers as OpenAI's completions: a text, where a chat has a message. For one generation. */
final class CompletionsWriter implements AnswerFormat {
    private final List<String> requestedModels;
    private final String echo;
    /** The choices that have begun, and so had what is repeated. */
    private final Set<Long> begun = new HashSet<>();

    /** @param echo stands before each answer */
    CompletionsWriter(List<String> requestedModels, String echo) {
        this.requestedModels = requestedModels;
        this.echo = echo;
    }

    @Override
    public byte[] whole(ChatCompletion completion, GenerationRecord record) {
        var out = start(new JsonAppender(1024), Heads.of(record));
        choices(out, completion.choices(), "message");
        UsageWriter.append(out, record);
        return out.raw("}").toBytes();
    }

    private static JsonAppender start(JsonAppender out, GenerationHead head) {
        return out.raw("{\"id\":\"" + head.id() + "\",\"object\":\"text_completion\",\"created\":"
                + head.created().getEpochSecond() + ",\"model\":" + JsonAppender.quote(head.model()) + ",\"provider\":"
                + JsonAppender.quote(head.provider()) + ",\"choices\":[");
    }

    private void choices(JsonAppender out, List<JsonView> choices, String member) {
        var separator = "";
        for (var choice : choices) {
            long index = choice.integer("index").orElse(0);
            var said = choice.object(member);
            var before = begun.add(index) ? echo : "";
            out.raw(separator + "{\"index\":" + index + ",\"text\":")
                    .string(before + text(said, "content") + text(said, "refusal"))
                    .raw(",\"logprobs\":null,\"finish_reason\":");
            choice.string("finish_reason").ifPresentOrElse(out::string, () -> out.raw("null"));
            out.raw("}");
            separator = ",";
        }
        out.raw("]");
    }

    private static String text(Optional<JsonView> said, String member) {
        return said.flatMap(message -> message.string(member)).orElse("");
    }

    @Override
    public void failed(Failure failure, GenerationRecord record, HttpResponse response) {
        FailedAnswer.send(response, failure, requestedModels, record, false);
    }

    @Override
    public ByteBuffer chunks(GenerationHead head, List<ChatChunk> chunks) {
        var out = new JsonAppender(512);
        for (var chunk : chunks) {
            start(out.raw("data: "), head);
            choices(out, chunk.choices(), "delta");
            out.raw("}\n\n");
        }
        return out.toBuffer();
    }

    @Override
    public ByteBuffer end(GenerationRecord record) {
        var out = start(new JsonAppender(512).raw("data: "), Heads.of(record)).raw("]");
        UsageWriter.append(out, record);
        return out.raw("}\n\ndata: [DONE]\n\n").toBuffer();
    }

    @Override
    public ByteBuffer broken(Failure failure, GenerationRecord record) {
        JsonObject error = new ErrorAnswer(failure, requestedModels).error();
        return start(new JsonAppender(512).raw("data: "), Heads.of(record))
                .raw("],\"error\":")
                .raw(error.toString())
                .raw("}\n\n")
                .toBuffer();
    }
}
