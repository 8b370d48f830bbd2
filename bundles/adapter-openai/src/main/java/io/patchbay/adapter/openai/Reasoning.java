package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;

/** Thoughts that a provider calls {@code reasoning_content}: shown under the canonical name, {@code reasoning}, too. */
final class Reasoning {
    private Reasoning() {}

    static boolean isHidden(JsonView messageOrDelta) {
        return hasText(messageOrDelta, "reasoning_content") && !hasText(messageOrDelta, "reasoning");
    }

    static JsonView show(JsonView messageOrDelta) {
        var text = new JsonAppender(messageOrDelta.length("reasoning_content"))
                .value(messageOrDelta, "reasoning_content")
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
