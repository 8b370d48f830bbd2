package io.patchbay.adapter.gemini;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;

/** Arguments and results of tools: Gemini wants objects, the canonical form has text. */
final class Arguments {
    private Arguments() {}

    /** What a model wrote may be anything; what is no object is kept as a text. */
    static JsonObject object(String arguments) {
        if (arguments.isBlank()) {
            return new JsonObject();
        }
        try {
            return JsonView.parse(arguments).toTree();
        } catch (MalformedJson e) {
            return Json.with("arguments", arguments);
        }
    }

    /** An object as it is, all else under the name that Google knows. */
    static JsonObject result(String text) {
        // "$ref" means something to Google: the name of one of the message's files.
        if (!text.contains("\"$ref\"")) {
            try {
                return JsonView.parse(text).toTree();
            } catch (MalformedJson e) {
                return Json.with("output", text);
            }
        }
        return Json.with("output", text);
    }
}
