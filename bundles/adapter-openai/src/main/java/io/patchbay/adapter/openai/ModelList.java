package io.patchbay.adapter.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code GET /models}: OpenAI's, and its variations. */
final class ModelList {
    private static final List<String> LISTS = List.of("data", "models", "result");
    private static final List<String> NAMES = List.of("id", "name", "model");
    /** What the providers that say so call a model that chats. */
    private static final Set<String> CHATTING =
            Set.of("chat", "language", "code", "model", "text", "base", "fine-tuned");

    private ModelList() {}

    /** The names of the models that may chat, in order: one goes missing only if the list says that it does not chat. */
    static List<String> names(byte[] body) {
        var names = new LinkedHashSet<String>();
        for (var entry : entries(parse(body))) {
            if (entry.isJsonPrimitive()) {
                names.add(entry.getAsString());
            } else if (entry instanceof JsonObject model && mayChat(model)) {
                NAMES.stream()
                        .map(model::get)
                        .map(ModelList::text)
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .ifPresent(names::add);
            }
        }
        return new ArrayList<>(names);
    }

    private static JsonElement parse(byte[] body) {
        try {
            return JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
        } catch (JsonParseException | StackOverflowError brokenOrTooDeep) {
            throw unreadable();
        }
    }

    private static JsonArray entries(JsonElement json) {
        if (json instanceof JsonArray array) {
            return array;
        }
        if (json instanceof JsonObject object) {
            for (var name : LISTS) {
                if (object.get(name) instanceof JsonArray array) {
                    return array;
                }
            }
        }
        throw unreadable();
    }

    private static boolean mayChat(JsonObject model) {
        if (model.get("capabilities") instanceof JsonObject capabilities && capabilities.has("completion_chat")) {
            return text(capabilities.get("completion_chat")).equals("true");
        }
        var type = text(model.get("type"));
        return type.isEmpty() || CHATTING.contains(type);
    }

    private static String text(@Nullable JsonElement value) {
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static RuntimeException unreadable() {
        return Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's list of models can't be read.")
                .toException();
    }
}
