package io.patchbay.adapter.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What an error body says, whichever of the many shapes it has. Texts are as the provider wrote them, and empty where
 * it wrote nothing.
 *
 * @param message for people; empty for HTML, which was written for a browser
 * @param type the class of error
 * @param code the error's code, a number as text where it is one
 * @param param the request field at fault
 */
record ErrorBody(String message, String type, String code, String param) {
    private static final ErrorBody EMPTY = new ErrorBody("", "", "", "");
    /** Longer than any message that is shown; shorter than what would take time to look through. */
    private static final int MOST = 4_000;

    /** The code, or where there is none the type. */
    String shownCode() {
        return code.isEmpty() ? type : code;
    }

    /** Whether a body with a good status is an error nevertheless. */
    static boolean isError(JsonView json) {
        if (json.has("error")) {
            return !isNull(json, "error");
        }
        if (json.has("choices")) {
            return false;
        }
        return json.string("object").filter("error"::equals).isPresent()
                || json.kind("message").filter(kind -> kind == JsonKind.STRING).isPresent()
                || json.has("detail")
                || json.length("errors") > 2;
    }

    /** Whether a choice ends in an error. */
    static boolean isErrorChoice(JsonView choice) {
        if (choice.has("error") && !isNull(choice, "error")) {
            return true;
        }
        return choice.length("finish_reason") > 4
                && FinishReasons.nativeOne(choice)
                        .filter(reason -> FinishReasons.canonical(reason, false).equals("error"))
                        .isPresent();
    }

    static ErrorBody of(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || text.equals("null") || text.startsWith("<")) {
            return EMPTY;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return of(JsonParser.parseString(text));
            } catch (JsonParseException | StackOverflowError brokenOrTooDeep) {
                return EMPTY;
            }
        }
        return new ErrorBody(shorten(text), "", "", "");
    }

    private static ErrorBody of(JsonElement body) {
        if (body instanceof JsonArray array) {
            return array.isEmpty() ? EMPTY : of(array.get(0));
        }
        if (!(body instanceof JsonObject object)) {
            return EMPTY;
        }
        var error = object.get("error");
        if (error instanceof JsonObject inner) {
            return ofFields(inner);
        }
        if (object.get("errors") instanceof JsonArray errors && !errors.isEmpty()) {
            return of(errors.get(0));
        }
        if (object.has("detail")) {
            return ofDetail(object.get("detail"));
        }
        var fields = ofFields(object);
        var message = text(error);
        return message.isEmpty() ? fields : new ErrorBody(message, fields.type, fields.code, fields.param);
    }

    private static ErrorBody ofFields(JsonObject error) {
        var code = text(error.get("code"));
        var message = text(error.get("message"));
        var type = text(error.get("type"));
        if (error.get("metadata") instanceof JsonObject metadata
                && !text(metadata.get("raw")).isEmpty()) {
            message = message + ": " + text(metadata.get("raw"));
        }
        return new ErrorBody(
                shorten(message),
                type.isEmpty() ? text(error.get("status")) : type,
                code.isEmpty() ? text(error.get("status_code")) : code,
                text(error.get("param")));
    }

    /** FastAPI's: a text, an object, or one object for each field that is wrong. */
    private static ErrorBody ofDetail(JsonElement detail) {
        if (detail instanceof JsonArray array && !array.isEmpty() && array.get(0) instanceof JsonObject first) {
            var path = new ArrayList<String>();
            if (first.get("loc") instanceof JsonArray location) {
                location.forEach(step -> path.add(text(step)));
                path.remove("body");
            }
            return new ErrorBody(shorten(text(first.get("msg"))), text(first.get("type")), "", String.join(".", path));
        }
        return detail instanceof JsonObject object
                ? ofFields(object)
                : new ErrorBody(shorten(text(detail)), "", "", "");
    }

    private static String text(@Nullable JsonElement value) {
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static boolean isNull(JsonView json, String name) {
        return json.kind(name).filter(kind -> kind != JsonKind.NULL).isEmpty();
    }

    private static String shorten(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST);
    }
}
