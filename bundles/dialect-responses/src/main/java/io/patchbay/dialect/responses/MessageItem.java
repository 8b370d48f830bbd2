package io.patchbay.dialect.responses;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.ArrayList;
import java.util.List;

/** What a model says. For one thread at a time. */
final class MessageItem extends Output.Item {
    /** What a message is made of. */
    enum Part {
        TEXT("output_text", "text", "response.output_text"),
        REFUSAL("refusal", "refusal", "response.refusal");

        private final String type;
        private final String member;
        private final String event;

        Part(String type, String member, String event) {
            this.type = type;
            this.member = member;
            this.event = event;
        }
    }

    private record Said(Part part, StringBuilder text, JsonArray annotations) {
        JsonObject json() {
            var json = new JsonObject();
            json.addProperty("type", part.type);
            json.addProperty(part.member, text.toString());
            if (part == Part.TEXT) {
                json.add("annotations", annotations.deepCopy());
                json.add("logprobs", new JsonArray());
            }
            return json;
        }
    }

    private final List<Said> parts = new ArrayList<>(1);

    MessageItem(Place place, Events events) {
        super(place, events);
    }

    void say(Part part, String text) {
        var said = part(part);
        said.text().append(text);
        var data = about(parts.size() - 1);
        data.addProperty("delta", text);
        if (part == Part.TEXT) {
            data.add("logprobs", new JsonArray());
        }
        event(part.event + ".delta", data);
    }

    /**
     * A source of what it says, in the canonical form: the address inside an object of its own. What was read of a file has
     * no form in a response, and is left out.
     */
    void annotate(JsonObject annotation) {
        if (JsonTree.text(annotation.get("type")).equals("file")) {
            return;
        }
        var said = part(Part.TEXT);
        var flat = annotation.get("url_citation") instanceof JsonObject inner ? inner.deepCopy() : annotation;
        flat.addProperty("type", "url_citation");
        int number = said.annotations().size();
        said.annotations().add(flat);
        var data = about(parts.size() - 1);
        data.addProperty("annotation_index", number);
        data.add("annotation", (JsonElement) flat.deepCopy());
        event("response.output_text.annotation.added", data);
    }

    private Said part(Part part) {
        if (!parts.isEmpty() && parts.get(parts.size() - 1).part() == part) {
            return parts.get(parts.size() - 1);
        }
        finishLast();
        var begun = new Said(part, new StringBuilder(), new JsonArray());
        parts.add(begun);
        var data = about(parts.size() - 1);
        data.add("part", begun.json());
        event("response.content_part.added", data);
        return begun;
    }

    private void finishLast() {
        if (parts.isEmpty()) {
            return;
        }
        var last = parts.get(parts.size() - 1);
        var done = about(parts.size() - 1);
        done.addProperty(last.part().member, last.text().toString());
        if (last.part() == Part.TEXT) {
            done.add("logprobs", new JsonArray());
        }
        event(last.part().event + ".done", done);
        var data = about(parts.size() - 1);
        data.add("part", last.json());
        event("response.content_part.done", data);
    }

    private JsonObject about(int part) {
        var data = about();
        data.addProperty("content_index", part);
        return data;
    }

    String text() {
        var text = new StringBuilder();
        parts.stream().filter(said -> said.part() == Part.TEXT).forEach(said -> text.append(said.text()));
        return text.toString();
    }

    @Override
    void complete() {
        finishLast();
    }

    @Override
    JsonObject json() {
        var json = typed("message");
        json.addProperty("role", "assistant");
        var content = new JsonArray();
        parts.forEach(said -> content.add(said.json()));
        json.add("content", content);
        return json;
    }
}
