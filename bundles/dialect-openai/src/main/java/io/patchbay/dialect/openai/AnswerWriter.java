package io.patchbay.dialect.openai;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Writes answers in OpenAI's format with OpenRouter's additions. The envelope (id, model, provider, …) is Patchbay's;
 * everything else is copied as the provider wrote it. For one generation and one thread at a time.
 *
 * <p>The shapes follow what real SDKs accept: a chunk never has a {@code system_fingerprint} of null, a whole answer
 * always has the field; the usage chunk has one choice with an empty delta, because some clients overlook one without.
 */
final class AnswerWriter {
    private static final Set<String> ENVELOPE = Set.of("id", "object", "created", "model", "provider", "usage");
    private static final Set<String> CHUNK_ENVELOPE_WITHOUT_FINGERPRINT =
            Set.of("id", "object", "created", "model", "provider", "usage", "system_fingerprint");

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_EVENT = "}\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    /** The form OpenRouter sends; parsers skip it as an SSE comment. */
    private static final byte[] COMMENT = ": PATCHBAY PROCESSING\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final String EMPTY_CHOICE =
            ",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                    + "\"finish_reason\":null,\"native_finish_reason\":null,\"logprobs\":null}]";
    private static final String FAILED_CHOICE =
            ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\","
                    + "\"native_finish_reason\":\"error\",\"logprobs\":null}]";

    private final byte[] chunkStart;

    AnswerWriter(GenerationHead head) {
        this.chunkStart = start(head, "chat.completion.chunk").getBytes(StandardCharsets.UTF_8);
    }

    /** A keep-alive that means nothing. */
    static ByteBuffer comment() {
        return ByteBuffer.wrap(COMMENT);
    }

    /** Chunks as server-sent events. */
    ByteBuffer chunks(List<ChatChunk> chunks) {
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
    ByteBuffer end(GenerationRecord record, boolean withMetadata) {
        var out = new JsonAppender(1024).raw(DATA).raw(chunkStart).raw(EMPTY_CHOICE);
        UsageWriter.append(out, record);
        metadata(out, record, withMetadata);
        return out.raw(END_OF_EVENT).raw(DONE).toBuffer();
    }

    /** What ends a broken stream: an error that no client can take for a normal end, and no terminator. */
    ByteBuffer failure(Failure failure, GenerationRecord record, boolean withMetadata) {
        var error = new ErrorAnswer(failure, List.of(record.requestedModel())).error();
        var out = new JsonAppender(1024)
                .raw(DATA)
                .raw(chunkStart)
                .raw(",\"error\":")
                .raw(error.toString())
                .raw(FAILED_CHOICE);
        metadata(out, record, withMetadata);
        return out.raw(END_OF_EVENT).toBuffer();
    }

    /** A whole answer. */
    static byte[] completion(
            GenerationHead head, ChatCompletion completion, GenerationRecord record, boolean withMetadata) {
        var json = completion.json();
        var out = new JsonAppender(json.length() + 512);
        out.raw(start(head, "chat.completion")).membersExcept(json, ENVELOPE);
        if (!json.has("system_fingerprint")) {
            out.raw(",\"system_fingerprint\":null");
        }
        UsageWriter.append(out, record);
        metadata(out, record, withMetadata);
        return out.raw("}").toBytes();
    }

    private static void metadata(JsonAppender out, GenerationRecord record, boolean wanted) {
        if (wanted) {
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
