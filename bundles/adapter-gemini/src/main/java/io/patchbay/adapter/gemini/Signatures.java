package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Thoughts and signatures of an earlier answer, as the client gives them back. Gemini signs single parts of an answer
 * and wants each signature back on its very part. A detail that carries one therefore says in its {@code id} which part
 * that was: that of a tool call, or {@link #ofText} or {@link #ofImage}.
 */
final class Signatures {
    static final String FORMAT = "google-gemini-v1";

    /** What Google lets stand in the place of a signature that is lost, or that another model never gave. */
    static final String NONE = "skip_thought_signature_validator";

    private static final Pattern TEXT = Pattern.compile("text:(\\d{1,9}):(\\d{1,9})");

    private final JsonArray thoughts = new JsonArray();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, String> byId = new HashMap<>();
    private final List<String> homeless = new ArrayList<>();

    /** A signed piece of the text, from and to these positions in it. */
    private record Mark(int from, int to, String signature) {}

    private Signatures() {}

    /** The id for a signature on a part of the text. */
    static String ofText(int from, int to) {
        return "text:" + from + ':' + to;
    }

    /** The id for a signature on an image. */
    static String ofImage(int ordinal) {
        return "image:" + ordinal;
    }

    /** A signature as the client sees it. */
    static JsonObject detail(String id, String signature, int index) {
        var detail = Json.with("type", "reasoning.encrypted");
        detail.addProperty("data", signature);
        detail.addProperty("id", id);
        detail.addProperty("format", FORMAT);
        detail.addProperty("index", index);
        return detail;
    }

    /** The signature that Google's own imitation of OpenAI's format puts beside a call, or the empty string. */
    static String besides(JsonObject call) {
        var google = JsonTree.object(JsonTree.object(call.get("extra_content")).get("google"));
        return JsonTree.text(google.get("thought_signature"));
    }

    /** Reads the details of a message. Those of other models are none of Gemini's business. */
    static Signatures of(JsonArray details) {
        var signatures = new Signatures();
        var index = "";
        for (var element : details) {
            var detail = JsonTree.object(element);
            if (!JsonTree.text(detail.get("format")).equals(FORMAT)) {
                continue;
            }
            if (JsonTree.text(detail.get("type")).equals("reasoning.text")) {
                signatures.think(detail, JsonTree.text(detail.get("index")).equals(index));
                index = JsonTree.text(detail.get("index"));
            } else if (!JsonTree.text(detail.get("data")).isEmpty()) {
                signatures.note(JsonTree.text(detail.get("id")), JsonTree.text(detail.get("data")));
            }
        }
        return signatures;
    }

    /** Parts that are thoughts. */
    JsonArray thoughts() {
        return thoughts;
    }

    /** The signature of a call or an image, or the empty string. */
    String of(String id) {
        return byId.getOrDefault(id, "");
    }

    /** A signature that does not say whose it is, or the empty string. Not given a second time. */
    String takeHomeless() {
        return homeless.isEmpty() ? "" : homeless.remove(0);
    }

    /**
     * The text cut into its parts, as far as they are signed.
     *
     * @param end gets signed parts without a text, which ended the answer
     */
    JsonArray parts(String text, JsonArray end) {
        var parts = new JsonArray();
        int at = 0;
        for (var mark : marks) {
            if (mark.from < at || mark.to < mark.from || mark.to > text.length() || mark.from == text.length()) {
                // The last part, or the client has made another text of it.
                end.add(signed("", mark.signature));
            } else {
                add(text.substring(at, mark.from), parts);
                parts.add(signed(text.substring(mark.from, mark.to), mark.signature));
                at = mark.to;
            }
        }
        add(text.substring(at), parts);
        return parts;
    }

    private static void add(String text, JsonArray parts) {
        if (!text.isEmpty()) {
            parts.add(Json.with("text", text));
        }
    }

    private static JsonObject signed(String text, String signature) {
        var part = Json.with("text", text);
        part.addProperty("thoughtSignature", signature);
        return part;
    }

    /** Clients that gather a stream may hand back each piece of a thought as it came. */
    private void think(JsonObject detail, boolean goesOn) {
        boolean isOver = thoughts.isEmpty()
                || JsonTree.object(thoughts.get(thoughts.size() - 1)).has("thoughtSignature");
        if (isOver || !goesOn) {
            var thought = Json.with("text", "");
            thought.addProperty("thought", true);
            thoughts.add(thought);
        }
        var thought = JsonTree.object(thoughts.get(thoughts.size() - 1));
        Json.append(thought, "text", JsonTree.text(detail.get("text")));
        var signature = JsonTree.text(detail.get("signature"));
        if (!signature.isEmpty()) {
            thought.addProperty("thoughtSignature", signature);
        }
    }

    private void note(String id, String signature) {
        var text = TEXT.matcher(id);
        if (text.matches()) {
            marks.add(new Mark(Integer.parseInt(text.group(1)), Integer.parseInt(text.group(2)), signature));
        } else if (id.isEmpty()) {
            homeless.add(signature);
        } else {
            byId.put(id, signature);
        }
    }
}
