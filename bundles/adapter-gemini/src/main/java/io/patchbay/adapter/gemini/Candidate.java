package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the answers, while it comes. Each piece of it becomes the delta that says the same; of an answer that comes in
 * one piece, that delta is the message. For one thread.
 */
final class Candidate {
    private static final int NONE = -1;

    private final int index;
    private final boolean showsThoughts;
    private final CallIds ids;
    private final StringBuilder text = new StringBuilder();

    private int calls;
    private int images;
    private int details;
    private int thought = NONE;
    private boolean speaks;
    private String finish = "";
    private String why = "";
    private @Nullable JsonView grounding;
    /** By what they say: a stream may repeat them. */
    private final Map<String, JsonView> citations = new LinkedHashMap<>();

    Candidate(int index, boolean showsThoughts, CallIds ids) {
        this.index = index;
        this.showsThoughts = showsThoughts;
        this.ids = ids;
    }

    /** Which of the answers it is. */
    int index() {
        return index;
    }

    /** Gemini's word for why it ended, or the empty string if it has not. */
    String nativeFinish() {
        return finish;
    }

    /** What is wrong, in Gemini's words; may be empty. */
    String why() {
        return why;
    }

    String finishReason() {
        return FinishReasons.canonical(finish, calls > 0);
    }

    /** Why Gemini filtered it, in its own words; empty if it did not, or does not say. */
    String refusal() {
        return finishReason().equals("content_filter") ? why : "";
    }

    /** Whether it has said anything but thoughts. */
    boolean speaks() {
        return speaks;
    }

    /** Sources of the text; known when it is complete. */
    Optional<JsonArray> annotations() {
        var annotations = grounding == null ? new JsonArray() : Grounding.annotations(grounding, text.toString());
        annotations.addAll(Grounding.annotations(citations.values(), text.toString()));
        return Optional.of(annotations).filter(found -> !found.isEmpty());
    }

    /**
     * Reads a piece.
     *
     * @param answer id of the answer as a whole
     * @return the delta; empty if the piece says nothing
     */
    JsonObject read(JsonView candidate, String answer) {
        var delta = new JsonObject();
        for (var part : candidate
                .object("content")
                .map(content -> content.objects("parts"))
                .orElse(List.of())) {
            var signature = part.string("thoughtSignature").orElse("");
            if (part.isTrue("thought")) {
                think(part.string("text").orElse(""), signature, delta);
            } else {
                thought = NONE;
                speak(part, signature, answer, delta);
            }
        }
        FinishReasons.of(candidate).ifPresent(reason -> finish = reason);
        candidate.string("finishMessage").ifPresent(message -> why = message);
        candidate
                .object("citationMetadata")
                .map(Grounding::citations)
                .ifPresent(found -> found.forEach(citation -> citations.put(citation.toString(), citation)));
        candidate.object("groundingMetadata").filter(Grounding::isSaid).ifPresent(found -> grounding = found);
        return delta;
    }

    private void think(String said, String signature, JsonObject delta) {
        boolean begins = thought == NONE;
        if (begins) {
            thought = details++;
        }
        int now = thought;
        if (!signature.isEmpty()) {
            // It ends with its signature: another one may follow at once.
            thought = NONE;
        }
        if (!showsThoughts || said.isEmpty() && signature.isEmpty()) {
            return;
        }
        if (!said.isEmpty()) {
            Json.append(delta, "reasoning", said);
        }
        var all = JsonTree.array(delta.get("reasoning_details"));
        JsonObject detail;
        if (begins || all.isEmpty()) {
            detail = Json.with("type", "reasoning.text");
            detail.addProperty("text", "");
            detail.addProperty("format", Signatures.FORMAT);
            detail.addProperty("index", now);
            Json.append(delta, "reasoning_details", detail);
        } else {
            detail = JsonTree.object(all.get(all.size() - 1));
        }
        Json.append(detail, "text", said);
        if (!signature.isEmpty()) {
            detail.addProperty("signature", signature);
        }
    }

    private void speak(JsonView part, String signature, String answer, JsonObject delta) {
        var call = part.object("functionCall").map(JsonView::toTree);
        var data = part.object("inlineData");
        if (call.isPresent()) {
            call(call.get(), signature, answer, delta);
        } else if (data.isPresent()) {
            image(data.get(), signature, delta);
        } else if (part.string("text").isPresent()) {
            say(part.string("text").orElse(""), signature, delta);
        }
    }

    private void call(JsonObject call, String signature, String answer, JsonObject delta) {
        var name = JsonTree.text(call.get("name"));
        if (name.isEmpty()) {
            // A piece of a call: comes only to those who ask for pieces.
            return;
        }
        var id = ids.of(call, answer, index, calls);
        var function = Json.with("name", name);
        function.addProperty("arguments", JsonTree.object(call.get("args")).toString());
        var canonical = new JsonObject();
        canonical.addProperty("index", calls++);
        canonical.addProperty("id", id);
        canonical.addProperty("type", "function");
        canonical.add("function", function);
        Json.append(delta, "tool_calls", canonical);
        speaks = true;
        sign(id, signature, delta);
    }

    private void image(JsonView data, String signature, JsonObject delta) {
        var type = data.string("mimeType").orElse("");
        if (!type.startsWith("image/")) {
            return;
        }
        var url = Json.with(
                "url", "data:" + type + ";base64," + data.string("data").orElse(""));
        var image = Json.with("type", "image_url");
        image.addProperty("index", images);
        image.add("image_url", url);
        Json.append(delta, "images", image);
        speaks = true;
        sign(Signatures.ofImage(images++), signature, delta);
    }

    private void say(String said, String signature, JsonObject delta) {
        int from = text.length();
        text.append(said);
        if (!said.isEmpty()) {
            Json.append(delta, "content", said);
            speaks = true;
        }
        sign(Signatures.ofText(from, text.length()), signature, delta);
    }

    /** A signature is no thought: it is shown even to those who want to see none, because the next turn needs it. */
    private void sign(String id, String signature, JsonObject delta) {
        if (!signature.isEmpty()) {
            Json.append(delta, "reasoning_details", Signatures.detail(id, signature, details++));
        }
    }
}
