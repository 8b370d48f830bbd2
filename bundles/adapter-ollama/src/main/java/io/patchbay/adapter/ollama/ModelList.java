package io.patchbay.adapter.ollama;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.List;

/** Reads the answer to {@code GET /api/tags}. */
final class ModelList {
    private ModelList() {}

    /** The names of the models that are pulled and may chat, in order. */
    static List<String> names(byte[] body) {
        try {
            var json = JsonView.parse(body);
            if (json.kind("models").filter(kind -> kind == JsonKind.ARRAY).isPresent()) {
                return json.objects("models").stream()
                        .filter(ModelList::mayChat)
                        .flatMap(model -> model.string("name").stream())
                        .distinct()
                        .toList();
            }
        } catch (MalformedJson e) {
            // As good as no list.
        }
        throw Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's list of models can't be read.")
                .toException();
    }

    /** Those of the family of BERT only embed. Most servers tell no more than that. */
    private static boolean mayChat(JsonView model) {
        if (model.has("capabilities")) {
            return model.strings("capabilities").contains("completion");
        }
        return model.object("details")
                .flatMap(details -> details.string("family"))
                .filter(family -> family.contains("bert"))
                .isEmpty();
    }
}
