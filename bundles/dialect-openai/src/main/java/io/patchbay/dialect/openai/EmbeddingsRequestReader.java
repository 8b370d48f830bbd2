package io.patchbay.dialect.openai;

import static io.patchbay.api.dialect.FieldRule.integer;
import static io.patchbay.api.dialect.FieldRule.kind;
import static io.patchbay.api.dialect.FieldRule.oneOf;
import static io.patchbay.api.dialect.FieldRule.text;
import static io.patchbay.api.dialect.FieldRule.wrong;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.Map;

/**
 * Reads a request for embeddings and checks what OpenAI's and OpenRouter's documentation say of its fields. Fields that
 * neither knows pass unchecked: a provider may know them.
 */
final class EmbeddingsRequestReader {
    /** OpenAI's limit. */
    private static final int MOST_INPUTS = 2048;

    private static final int MOST_DIMENSIONS = 65_536;

    private static final Map<String, FieldRule> RULES = Map.of(
            "model", text(256),
            "input", kind(JsonKind.STRING, JsonKind.ARRAY),
            "dimensions", integer(1, MOST_DIMENSIONS),
            "encoding_format", oneOf("float", "base64"),
            "input_type", text(64),
            "provider", kind(JsonKind.OBJECT),
            "user", text(4096));

    private EmbeddingsRequestReader() {}

    /** @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field */
    static EmbeddingsRequest read(byte[] body) {
        var json = RequestBody.checked(body, RULES);
        if (json.string("model").filter(name -> !name.isBlank()).isEmpty()) {
            throw wrong("model", "is missing: name a model as author/name, see GET /api/v1/models");
        }
        checkInput(json);
        return EmbeddingsRequest.of(json);
    }

    private static void checkInput(JsonView json) {
        switch (json.kind("input").orElse(JsonKind.NULL)) {
            case STRING -> checkText(json.string("input").orElse(""), "input");
            case ARRAY -> checkInputs(json);
            default -> throw wrong("input", "is missing: a text, or an array of texts");
        }
    }

    private static void checkInputs(JsonView json) {
        var kinds = json.elementKinds("input");
        if (kinds.isEmpty()) {
            throw wrong("input", "must have at least one element");
        }
        var kind = kinds.get(0);
        if (kind != JsonKind.NUMBER && kinds.size() > MOST_INPUTS) {
            throw wrong("input", "must not have more than " + MOST_INPUTS + " elements");
        }
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i) != kind) {
                throw wrong(
                        field(i),
                        "must be " + kind.described() + " like the first one, not "
                                + kinds.get(i).described());
            }
        }
        switch (kind) {
            case STRING -> {
                int i = 0;
                for (var text : json.strings("input")) {
                    checkText(text, field(i++));
                }
            }
            case NUMBER -> checkTokens(array(json), "input");
            case ARRAY -> checkTokenLists(array(json));
            case OBJECT -> checkContents(json);
            default -> throw wrong(field(0), "must be a string, an array of tokens or an object with content");
        }
    }

    private static String field(int i) {
        return "input[" + i + ']';
    }

    private static JsonArray array(JsonView json) {
        return json.element("input").orElseGet(JsonArray::new).getAsJsonArray();
    }

    private static void checkText(String text, String field) {
        if (text.isEmpty()) {
            throw wrong(field, "must not be empty");
        }
    }

    private static void checkTokenLists(JsonArray lists) {
        for (int i = 0; i < lists.size(); i++) {
            checkTokens(lists.get(i).getAsJsonArray(), field(i));
        }
    }

    private static void checkTokens(JsonArray tokens, String field) {
        if (tokens.isEmpty()) {
            throw wrong(field, "must not be empty");
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (!(tokens.get(i) instanceof JsonPrimitive token)
                    || !token.isNumber()
                    || !token.getAsString().matches("\\d{1,9}")) {
                throw wrong(field + '[' + i + ']', "must be the number of a token");
            }
        }
    }

    private static void checkContents(JsonView json) {
        int i = 0;
        for (var input : json.objects("input")) {
            var field = field(i++) + ".content";
            var parts = input.objects("content");
            if (parts.isEmpty() || parts.size() != input.elementKinds("content").size()) {
                throw wrong(field, "must be an array of parts");
            }
            for (int p = 0; p < parts.size(); p++) {
                if (parts.get(p).string("type").isEmpty()) {
                    throw wrong(field + '[' + p + "].type", "must be a string");
                }
            }
        }
    }
}
