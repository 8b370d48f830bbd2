package io.patchbay.dialect.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the blocks of a streamed message: one is open at a time, and closed when something of another kind comes. For
 * one thread at a time.
 */
final class EventWriter {
    private static final int USUAL = 512;
    private static final String NONE = "";

    private JsonAppender out = new JsonAppender(USUAL);
    private boolean begun;
    private int next;
    /** What kind of block is open: a thought by its number, the text, or a call by its own. */
    private String open = NONE;
    /** The blocks of calls, by the numbers of these. */
    private final Map<Long, Integer> calls = new HashMap<>();

    boolean hasBegun() {
        return begun;
    }

    void begin(JsonObject messageStart) {
        begun = true;
        event("message_start", messageStart);
        raw("ping", "{\"type\": \"ping\"}");
    }

    /** What there is by now; from here on there is nothing. */
    ByteBuffer take() {
        var taken = out.toBuffer();
        out = new JsonAppender(USUAL);
        return taken;
    }

    /** Writes an event, whose type is added to its data. */
    void event(String type, JsonObject data) {
        var event = new JsonObject();
        event.addProperty("type", type);
        event.asMap().putAll(data.asMap());
        raw(type, event.toString());
    }

    void raw(String type, String data) {
        out.raw("event: ").raw(type).raw("\ndata: ").raw(data).raw("\n\n");
    }

    /** A piece of an answer in the canonical form. */
    void delta(JsonView delta) {
        boolean hasDetails = false;
        for (var detail : delta.objects("reasoning_details")) {
            hasDetails = true;
            think(detail);
        }
        if (!hasDetails && !delta.string("reasoning").orElse("").isEmpty()) {
            open("thinking", thinking());
            piece("thinking_delta", "thinking", delta, "reasoning");
        }
        for (var member : new String[] {"content", "refusal"}) {
            if (!delta.string(member).orElse("").isEmpty()) {
                open("text", text());
                piece("text_delta", "text", delta, member);
            }
        }
        delta.objects("tool_calls").forEach(this::call);
    }

    private void think(JsonView detail) {
        var number = detail.integer("index").orElse(0);
        if (detail.string("type").orElse("").equals("reasoning.encrypted")) {
            close();
            var block = new JsonObject();
            block.addProperty("type", "redacted_thinking");
            block.addProperty("data", Thoughts.kept(detail, "data"));
            open("redacted", block);
            close();
            return;
        }
        var member = detail.has("summary") ? "summary" : "text";
        var signature = Thoughts.kept(detail, "signature");
        boolean says = !detail.string(member).orElse("").isEmpty();
        if (says || !signature.isEmpty()) {
            open("thinking" + number, thinking());
        }
        if (says) {
            piece("thinking_delta", "thinking", detail, member);
        }
        if (!signature.isEmpty()) {
            out.raw("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":" + (next - 1)
                            + ",\"delta\":{\"type\":\"signature_delta\",\"signature\":")
                    .string(signature)
                    .raw("}}\n\n");
        }
    }

    private void call(JsonView call) {
        long number = call.integer("index").orElse(0);
        var function = call.object("function");
        var known = calls.get(number);
        if (known == null) {
            open("call" + number, WholeContent.toolUse(call, new JsonObject()));
            known = next - 1;
            calls.put(number, known);
        }
        var block = known;
        function.filter(called -> !called.string("arguments").orElse("").isEmpty())
                .ifPresent(called -> piece(block, "input_json_delta", "partial_json", called, "arguments"));
    }

    private void open(String kind, JsonObject block) {
        if (open.equals(kind)) {
            return;
        }
        close();
        var event = new JsonObject();
        event.addProperty("index", next++);
        event.add("content_block", block);
        event("content_block_start", event);
        open = kind;
    }

    /** What is open is complete. */
    void close() {
        if (open.equals(NONE)) {
            return;
        }
        open = NONE;
        var event = new JsonObject();
        event.addProperty("index", next - 1);
        event("content_block_stop", event);
    }

    private void piece(String type, String name, JsonView from, String member) {
        piece(next - 1, type, name, from, member);
    }

    private void piece(int block, String type, String name, JsonView from, String member) {
        out.raw("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":" + block
                        + ",\"delta\":{\"type\":\"" + type + "\",\"" + name + "\":")
                .value(from, member)
                .raw("}}\n\n");
    }

    private static JsonObject thinking() {
        var block = new JsonObject();
        block.addProperty("type", "thinking");
        block.addProperty("thinking", "");
        block.addProperty("signature", "");
        return block;
    }

    private static JsonObject text() {
        return WholeContent.text("");
    }
}
