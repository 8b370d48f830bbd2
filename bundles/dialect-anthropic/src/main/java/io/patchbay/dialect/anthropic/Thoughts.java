package io.patchbay.dialect.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Thoughts, as Anthropic's clients know them and as the canonical form has them. Those of other models carry more than
 * Anthropic's blocks have a place for (a format, an id): it travels inside the signature, or the data, which clients hand
 * back as they are.
 */
final class Thoughts {
    private static final String ANTHROPIC = "anthropic-claude-v1";
    private static final String WRAPPED = "patchbay.";

    private Thoughts() {}

    /** A signature or data as the client is to keep it. */
    static String kept(JsonView detail, String member) {
        var value = detail.string(member).orElse("");
        var format = detail.string("format").orElse("");
        if (value.isEmpty() || format.isEmpty() || format.equals(ANTHROPIC)) {
            return value;
        }
        var wrapped = new JsonObject();
        wrapped.addProperty("format", format);
        wrapped.addProperty(member, value);
        detail.string("id").ifPresent(id -> wrapped.addProperty("id", id));
        return WRAPPED
                + Base64.getUrlEncoder().encodeToString(wrapped.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A block that a client hands back, as the canonical form has it; empty if it is none. */
    static Optional<JsonObject> detail(JsonObject block, int index) {
        var detail = new JsonObject();
        switch (JsonTree.text(block.get("type"))) {
            case "thinking" -> {
                detail.addProperty("type", "reasoning.text");
                detail.addProperty("text", JsonTree.text(block.get("thinking")));
                unwrap(JsonTree.text(block.get("signature")), "signature", detail);
            }
            case "redacted_thinking" -> {
                detail.addProperty("type", "reasoning.encrypted");
                unwrap(JsonTree.text(block.get("data")), "data", detail);
            }
            default -> {
                return Optional.empty();
            }
        }
        detail.addProperty("index", index);
        return Optional.of(detail);
    }

    private static void unwrap(String kept, String member, JsonObject detail) {
        if (kept.startsWith(WRAPPED)) {
            try {
                var json = Base64.getUrlDecoder().decode(kept.substring(WRAPPED.length()));
                JsonView.parse(json).toTree().entrySet().forEach(entry -> detail.add(entry.getKey(), entry.getValue()));
                return;
            } catch (IllegalArgumentException | MalformedJson notOurs) {
                // Whoever signed it will know.
            }
        }
        if (!kept.isEmpty()) {
            detail.addProperty(member, kept);
            detail.addProperty("format", ANTHROPIC);
        }
    }
}
