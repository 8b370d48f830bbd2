package io.patchbay.adapter.anthropic;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.List;
import java.util.Optional;

/** Reads the answer to {@code GET /models}. */
final class ModelList {
    private ModelList() {}

    static List<String> names(byte[] body) {
        try {
            var json = JsonView.parse(body);
            if (json.kind("data").filter(kind -> kind == JsonKind.ARRAY).isPresent()) {
                return json.objects("data").stream()
                        .map(model -> model.string("id"))
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
            }
        } catch (MalformedJson e) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static RuntimeException unreadable() {
        return AnthropicFailures.malformed("The provider's list of models can't be read.")
                .toException();
    }
}
