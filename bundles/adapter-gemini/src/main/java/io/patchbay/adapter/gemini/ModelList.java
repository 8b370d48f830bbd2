package io.patchbay.adapter.gemini;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.List;

/** Reads the answer to {@code GET /models}. */
final class ModelList {
    private ModelList() {}

    static List<String> names(byte[] body) {
        try {
            var json = JsonView.parse(body);
            if (json.kind("models").filter(kind -> kind == JsonKind.ARRAY).isPresent()) {
                return json.objects("models").stream()
                        .filter(ModelList::answers)
                        .map(model -> model.string("name").orElse(""))
                        .map(name -> name.startsWith("models/") ? name.substring("models/".length()) : name)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
            }
        } catch (MalformedJson e) {
            throw unreadable();
        }
        throw unreadable();
    }

    /** Embeddings, images and films are made in other ways. */
    private static boolean answers(JsonView model) {
        return model.strings("supportedGenerationMethods").contains("generateContent");
    }

    private static RuntimeException unreadable() {
        return GeminiFailures.malformed("The provider's list of models can't be read.")
                .toException();
    }
}
