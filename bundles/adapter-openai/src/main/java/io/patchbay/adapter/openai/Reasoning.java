package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;

/**
 * Thoughts that a provider calls {@code reasoning_content}, or shows in {@code reasoning_details} alone: shown under the
 * canonical name, {@code reasoning}, too.
 */
final class Reasoning {
    private static final String CONTENT = "reasoning_content";
    private static final String DETAILS = "reasoning_details";

    private Reasoning() {}

    /** The message or delta with its thoughts in sight: that same object if they are, or if there are none. */
    static JsonView show(JsonView messageOrDelta) {
        if (hasText(messageOrDelta, CONTENT)) {
            return hasText(messageOrDelta, "reasoning") ? messageOrDelta : copyContent(messageOrDelta);
        }
        if (messageOrDelta.length(DETAILS) <= 2 || hasText(messageOrDelta, "reasoning")) {
            return messageOrDelta;
        }
        var text = new StringBuilder();
        for (var detail : messageOrDelta.objects(DETAILS)) {
            text.append(detail.string("text").or(() -> detail.string("summary")).orElse(""));
        }
        return text.isEmpty()
                ? messageOrDelta
                : messageOrDelta.rewrite().set("reasoning", text.toString()).toView();
    }

    private static JsonView copyContent(JsonView messageOrDelta) {
        var text = new JsonAppender(messageOrDelta.length(CONTENT))
                .value(messageOrDelta, CONTENT)
                .toBytes();
        return messageOrDelta
                .rewrite()
                .raw("reasoning", new String(text, StandardCharsets.UTF_8))
                .toView();
    }

    private static boolean hasText(JsonView object, String name) {
        // Two bytes are an empty string's quotes. The length comes first: most often there is no such member.
        return object.length(name) > 2
                && object.kind(name).filter(kind -> kind == JsonKind.STRING).isPresent();
    }
}
