package io.patchbay.adapter.cohere;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.List;

/** Reads the answer to {@code GET /v1/models}. */
final class ModelList {
    private ModelList() {}

    /** The names of the models that chat and are still served, in order. */
    static List<String> names(byte[] body) {
        try {
            var json = JsonView.parse(body);
            if (json.kind("models").filter(kind -> kind == JsonKind.ARRAY).isPresent()) {
                return json.objects("models").stream()
                        .filter(model -> !model.isTrue("is_deprecated"))
                        .filter(model -> !model.has("endpoints")
                                || model.strings("endpoints").contains("chat"))
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
}
