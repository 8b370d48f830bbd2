package io.patchbay.adapter.bedrock;

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

    /** Adds the beginning of a tool call to the delta. */
    Chunk call(int index, String id, String toolName) {
        name("tool_calls").raw("[{\"index\":" + index + ",\"id\":").string(id);
        json.raw(",\"type\":\"function\",\"function\":{\"name\":").string(toolName);
        json.raw(",\"arguments\":\"\"}}]");
        return this;
    }

    /** Adds a piece of a call's arguments to the delta, given as a JSON string. */
    Chunk arguments(int index, String quoted) {
        return raw("tool_calls", "[{\"index\":" + index + ",\"function\":{\"arguments\":" + quoted + "}}]");
    }

    /** Adds a piece of a thought to the delta: the value that a member of another object has. */
    Chunk detail(String name, JsonView from, String member, String format, int index) {
        var type = name.equals("data") ? "reasoning.encrypted" : "reasoning.text";
        name("reasoning_details")
                .raw("[{\"type\":\"" + type + "\",\"" + name + "\":")
                .value(from, member);
        json.raw(",\"format\":\"" + format + "\",\"index\":" + index + "}]");
        return this;
    }

    /** The chunk, in the middle of the stream. */
    ChatChunk build() {
        return ChatChunk.of(
                JsonView.parse(json.raw("},\"finish_reason\":null}]}").toBytes()));
    }

    /** The chunk, as the one that ends its choice. */
    ChatChunk build(String finishReason, String nativeOne) {
        json.raw("},\"finish_reason\":").string(finishReason);
        json.raw(",\"native_finish_reason\":").string(nativeOne).raw("}]}");
        return ChatChunk.of(JsonView.parse(json.toBytes()));
    }

    /** The chunk that brings nothing but token counts. */
    static ChatChunk usage(JsonView usage) {
        return ChatChunk.of(JsonView.parse("{\"choices\":[],\"usage\":" + TokenCounts.canonical(usage) + "}"));
    }

    private JsonAppender name(String name) {
        json.raw(first ? "\"" : ",\"").raw(name).raw("\":");
        first = false;
        return json;
    }
}
