package io.patchbay.dialect.openai;

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
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers in OpenAI's format with OpenRouter's additions. The envelope (id, model, provider, …) is Patchbay's;
 * everything else is copied as the provider wrote it. For one generation and one thread at a time.
 *
 * <p>The shapes follow what real SDKs accept: a chunk never has a {@code system_fingerprint} of null, a whole answer
 * always has the field; the usage chunk has one choice with an empty delta, because some clients overlook one without.
 */
final class AnswerWriter implements AnswerFormat {
    private static final Set<String> ENVELOPE = Set.of("id", "object", "created", "model", "provider", "usage");
    private static final Set<String> CHUNK_ENVELOPE_WITHOUT_FINGERPRINT =
            Set.of("id", "object", "created", "model", "provider", "usage", "system_fingerprint");

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_EVENT = "}\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final String EMPTY_CHOICE =
            ",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                    + "\"finish_reason\":null,\"native_finish_reason\":null,\"logprobs\":null}]";
    private static final String FAILED_CHOICE =
            ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\","
                    + "\"native_finish_reason\":\"error\",\"logprobs\":null}]";

    private final List<String> requestedModels;
    private final boolean withMetadata;
    private byte @Nullable [] chunkStart;

    /** @param withMetadata whether the client wants to see the route with the answer */
    AnswerWriter(List<String> requestedModels, boolean withMetadata) {
        this.requestedModels = requestedModels;
        this.withMetadata = withMetadata;
    }

    private byte[] chunkStart(GenerationHead head) {
        var known = chunkStart;
        if (known == null) {
            known = start(head, "chat.completion.chunk").getBytes(StandardCharsets.UTF_8);
            chunkStart = known;
        }
        return known;
    }

    @Override
    public ByteBuffer chunks(GenerationHead head, List<ChatChunk> chunks) {
        var chunkStart = chunkStart(head);
        int size = 0;
        for (var chunk : chunks) {
            size += chunk.json().length() + chunkStart.length + 16;
        }
        var out = new JsonAppender(size);
        for (var chunk : chunks) {
            out.raw(DATA).raw(chunkStart);
            out.membersExcept(chunk.json(), chunkEnvelope(chunk.json()));
            out.raw(END_OF_EVENT);
        }
        return out.toBuffer();
    }

    /** What ends a complete stream: the usage chunk and the terminator. */
    @Override
    public ByteBuffer end(GenerationRecord record) {
        var out = new JsonAppender(1024)
                .raw(DATA)
                .raw(chunkStart(Heads.of(record)))
                .raw(EMPTY_CHOICE);
        UsageWriter.append(out, record);
        metadata(out, record);
        return out.raw(END_OF_EVENT).raw(DONE).toBuffer();
    }

    /** What ends a broken stream: an error that no client can take for a normal end, and no terminator. */
    @Override
    public ByteBuffer broken(Failure failure, GenerationRecord record) {
        var error = new ErrorAnswer(failure, List.of(record.requestedModel())).error();
        var out = new JsonAppender(1024)
                .raw(DATA)
                .raw(chunkStart(Heads.of(record)))
                .raw(",\"error\":")
                .raw(error.toString())
                .raw(FAILED_CHOICE);
        metadata(out, record);
        return out.raw(END_OF_EVENT).toBuffer();
    }

    @Override
    public void failed(Failure failure, GenerationRecord record, HttpResponse response) {
        FailedAnswer.send(response, failure, requestedModels, record, withMetadata);
    }

    @Override
    public byte[] whole(ChatCompletion completion, GenerationRecord record) {
        var json = completion.json();
        var out = new JsonAppender(json.length() + 512);
        out.raw(start(Heads.of(record), "chat.completion")).membersExcept(json, ENVELOPE);
        if (!json.has("system_fingerprint")) {
            out.raw(",\"system_fingerprint\":null");
        }
        UsageWriter.append(out, record);
        metadata(out, record);
        return out.raw("}").toBytes();
    }

    private void metadata(JsonAppender out, GenerationRecord record) {
        if (withMetadata) {
            RouterMetadata.of(record)
                    .ifPresent(metadata -> out.raw(",\"openrouter_metadata\":").raw(metadata.toString()));
        }
    }

    private static Set<String> chunkEnvelope(JsonView chunk) {
        boolean nullFingerprint =
                chunk.kind("system_fingerprint").filter(JsonKind.NULL::equals).isPresent();
        return nullFingerprint ? CHUNK_ENVELOPE_WITHOUT_FINGERPRINT : ENVELOPE;
    }

    /** An object with its first members, id to provider, and no closing brace. */
    private static String start(GenerationHead head, String object) {
        return "{\"id\":\"" + head.id() + "\",\"object\":\"" + object + "\",\"created\":"
                + head.created().getEpochSecond() + ",\"model\":" + JsonAppender.quote(head.model()) + ",\"provider\":"
                + JsonAppender.quote(head.provider());
    }
}
