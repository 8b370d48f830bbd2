package io.patchbay.guardrails;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a request: of its messages, whoever says them, and of what is to be embedded. Each passes a function, and what
 * that changes is changed in the request.
 */
final class Prompt {
    private static final String TEXT = "text";
    private static final String CONTENT = "content";
    private static final String MESSAGES = "messages";
    /** What is to be embedded or read aloud, ordered, or drawn. */
    private static final List<String> TEXTS = List.of("input", "query", "documents", "prompt");

    private Prompt() {}

    /** The same request if nothing changes. */
    static JsonView passed(JsonView request, UnaryOperator<String> pass) {
        var tree = request.toTree();
        boolean isChanged = passMessages(tree, pass);
        for (var field : TEXTS) {
            isChanged |= passText(tree, field, pass);
        }
        return isChanged ? JsonView.of(tree) : request;
    }

    private static boolean passMessages(JsonObject request, UnaryOperator<String> pass) {
        boolean isChanged = false;
        if (request.get(MESSAGES) instanceof JsonArray messages) {
            for (var message : messages) {
                if (message instanceof JsonObject one) {
                    isChanged |= passText(one, CONTENT, pass);
                }
            }
        }
        return isChanged;
    }

    /** A text, or an array of texts and of parts that hold one. */
    private static boolean passText(JsonObject holder, String name, UnaryOperator<String> pass) {
        var value = holder.get(name);
        if (value instanceof JsonArray several) {
            boolean isChanged = false;
            for (int i = 0; i < several.size(); i++) {
                if (isText(several.get(i))) {
                    var passed = pass.apply(several.get(i).getAsString());
                    isChanged |= !passed.equals(several.get(i).getAsString());
                    several.set(i, new JsonPrimitive(passed));
                } else if (several.get(i) instanceof JsonObject part) {
                    isChanged |= passText(part, TEXT, pass);
                }
            }
            return isChanged;
        }
        if (!isText(value)) {
            return false;
        }
        var passed = pass.apply(value.getAsString());
        if (passed.equals(value.getAsString())) {
            return false;
        }
        holder.addProperty(name, passed);
        return true;
    }

    private static boolean isText(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive text && text.isString();
    }
}
