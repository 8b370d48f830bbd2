package io.patchbay.adapter.sandbox;

import static io.patchbay.api.json.JsonAppender.quote;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.json.JsonView;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes answers in OpenAI's chat JSON. */
final class CanonicalJson {
    private final String chunkHead;
    private final String completionHead;

    CanonicalJson(String id, long created, String model) {
        var envelope = ",\"created\":" + created + ",\"model\":" + quote(model) + ",\"choices\":[";
        this.chunkHead = "{\"id\":" + quote(id) + ",\"object\":\"chat.completion.chunk\"" + envelope;
        this.completionHead = "{\"id\":" + quote(id) + ",\"object\":\"chat.completion\"" + envelope;
    }

    /** The first chunk of a choice. */
    ChatChunk role(int choice, Reply reply) {
        return chunk(
                choice, "{\"role\":\"assistant\",\"content\":" + (reply.callsTools() ? "null" : "\"\"") + '}', "null");
    }

    /** One token of a choice. */
    ChatChunk delta(int choice, Delta delta) {
        return chunk(choice, delta.json(), "null");
    }

    /** The last chunk of a choice. */
    ChatChunk finish(int choice, String reason) {
        return chunk(choice, "{}", quote(reason));
    }

    /** The chunk that says nothing but what the answer took. */
    ChatChunk usage(Reply reply) {
        return ChatChunk.of(JsonView.parse(chunkHead + "],\"usage\":" + counts(reply) + '}'));
    }

    /** The whole answer. */
    ChatCompletion completion(Reply reply) {
        var message = message(reply);
        var choices = IntStream.range(0, reply.choices())
                .mapToObj(choice -> "{\"index\":" + choice + ",\"message\":" + message
                        + ",\"logprobs\":null,\"finish_reason\":" + quote(reply.finishReason()) + '}')
                .collect(Collectors.joining(","));
        return ChatCompletion.of(JsonView.parse(completionHead + choices + "],\"usage\":" + counts(reply) + '}'));
    }

    private ChatChunk chunk(int choice, String delta, String finishReason) {
        return ChatChunk.of(JsonView.parse(chunkHead + "{\"index\":" + choice + ",\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}"));
    }

    private static String message(Reply reply) {
        var content = reply.callsTools() ? "null" : quote(reply.text());
        var calls = reply.calls().stream()
                .map(call -> "{\"id\":" + quote(call.id()) + ",\"type\":\"function\",\"function\":{\"name\":"
                        + quote(call.tool()) + ",\"arguments\":" + quote(call.arguments()) + "}}")
                .collect(Collectors.joining(","));
        return "{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null"
                + (calls.isEmpty() ? "" : ",\"tool_calls\":[" + calls + ']') + '}';
    }

    private static String counts(Reply reply) {
        long completion = reply.completionTokens();
        return "{\"prompt_tokens\":" + reply.promptTokens() + ",\"completion_tokens\":" + completion
                + ",\"total_tokens\":" + (reply.promptTokens() + completion) + '}';
    }
}
