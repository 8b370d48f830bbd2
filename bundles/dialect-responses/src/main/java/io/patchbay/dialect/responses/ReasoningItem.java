package io.patchbay.dialect.responses;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** What a model thinks: the thought, a summary of it, or what only its provider can read. For one thread at a time. */
final class ReasoningItem extends Output.Item {
    /** What of it is shown. */
    enum Part {
        SUMMARY("summary_text", "summary_index"),
        TEXT("reasoning_text", "content_index");

        private final String type;
        private final String index;

        Part(String type, String index) {
            this.type = type;
            this.index = index;
        }
    }

    private final String key;
    private final StringBuilder summary = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final StringBuilder encrypted = new StringBuilder();
    private String format = "";

    /** @param key what tells it from other thoughts of the same answer */
    ReasoningItem(Place place, Events events, String key) {
        super(place, events);
        this.key = key;
    }

    String key() {
        return key;
    }

    /** Whose thoughts they are, in OpenRouter's words. */
    void format(String word) {
        format = word.isEmpty() ? format : word;
    }

    void sign(String piece) {
        signature.append(piece);
    }

    void encrypt(String piece) {
        encrypted.append(piece);
    }

    void say(Part part, String piece) {
        if (piece.isEmpty()) {
            return;
        }
        var so = part == Part.TEXT ? text : summary;
        if (so.isEmpty() && part == Part.SUMMARY) {
            event("response.reasoning_summary_part.added", withPart(""));
        }
        so.append(piece);
        var data = about(part);
        data.addProperty("delta", piece);
        event(name(part) + ".delta", data);
    }

    private static String name(Part part) {
        return part == Part.TEXT ? "response.reasoning_text" : "response.reasoning_summary_text";
    }

    private JsonObject about(Part part) {
        var data = about();
        data.addProperty(part.index, 0);
        return data;
    }

    private JsonObject withPart(String said) {
        var data = about(Part.SUMMARY);
        data.add("part", part(Part.SUMMARY, said));
        return data;
    }

    private static JsonObject part(Part part, String said) {
        var json = new JsonObject();
        json.addProperty("type", part.type);
        json.addProperty("text", said);
        return json;
    }

    @Override
    void complete() {
        finish(Part.TEXT, text);
        finish(Part.SUMMARY, summary);
        if (!summary.isEmpty()) {
            event("response.reasoning_summary_part.done", withPart(summary.toString()));
        }
    }

    private void finish(Part part, StringBuilder said) {
        if (!said.isEmpty()) {
            var data = about(part);
            data.addProperty("text", said.toString());
            event(name(part) + ".done", data);
        }
    }

    @Override
    JsonObject json() {
        var json = typed("reasoning");
        json.add("summary", parts(Part.SUMMARY, summary));
        if (!text.isEmpty()) {
            json.add("content", parts(Part.TEXT, text));
        }
        if (!encrypted.isEmpty()) {
            json.addProperty("encrypted_content", encrypted.toString());
        }
        // OpenRouter's: with them the thought can be sent back to whoever thought it.
        if (!signature.isEmpty()) {
            json.addProperty("signature", signature.toString());
        }
        if (!format.isEmpty()) {
            json.addProperty("format", format);
        }
        return json;
    }

    private static JsonArray parts(Part part, StringBuilder said) {
        var parts = new JsonArray();
        if (!said.isEmpty()) {
            parts.add(part(part, said.toString()));
        }
        return parts;
    }
}
