package io.patchbay.adapter.anthropic;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;

/** One chunk with one choice, put together from pieces copied as the provider wrote them. For one thread. */
final class Chunk {
    private final JsonAppender json;
    private boolean first;

    private Chunk(JsonAppender json, boolean first) {
        this.json = json;
        this.first = first;
    }

    /** A chunk; the first one of a stream tells who speaks. */
    static Chunk of(boolean beginsTheStream) {
        var chunk = new Chunk(new JsonAppender(256).raw("{\"choices\":[{\"index\":0,\"delta\":{"), true);
        return beginsTheStream ? chunk.raw("role", "\"assistant\"") : chunk;
    }

    /** Adds a member to the delta, given as JSON. */
    Chunk raw(String name, String value) {
        name(name).raw(value);
        return this;
    }

    /** Adds a member to the delta: the value that a member of another object has. */
    Chunk copy(String name, JsonView from, String member) {
        name(name).value(from, member);
        return this;
    }

    /** Adds a piece of a thought to the delta: the value that a member of another object has. */
    Chunk detail(String type, String name, JsonView from, String member, int index) {
        name("reasoning_details")
                .raw("[{\"type\":\"" + type + "\",\"" + name + "\":")
                .value(from, member);
        json.raw(",\"format\":\"" + ReasoningDetails.FORMAT + "\",\"index\":" + index + "}]");
        return this;
    }

    /** The chunk, in the middle of the stream. */
    ChatChunk build() {
        return ChatChunk.of(
                JsonView.parse(json.raw("},\"finish_reason\":null}]}").toBytes()));
    }

    /** The chunk, as the one that ends its choice. */
    ChatChunk build(String finishReason, String nativeOne, String usage) {
        json.raw("},\"finish_reason\":").string(finishReason);
        json.raw(",\"native_finish_reason\":").string(nativeOne).raw("}]");
        json.raw(usage.isEmpty() ? "" : ",\"usage\":" + usage).raw("}");
        return ChatChunk.of(JsonView.parse(json.toBytes()));
    }

    private JsonAppender name(String name) {
        json.raw(first ? "\"" : ",\"").raw(name).raw("\":");
        first = false;
        return json;
    }
}
