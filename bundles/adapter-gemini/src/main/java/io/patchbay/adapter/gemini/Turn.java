package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One turn while it is put together. For one thread.
 *
 * @param role who speaks
 * @param parts what is said
 * @param calls of tools, by their ids, in order
 * @param results of these calls, by the same ids: what the next turn begins with
 */
record Turn(String role, JsonArray parts, Map<String, Call> calls, Map<String, JsonArray> results) {
    static final String USER = "user";
    static final String MODEL = "model";

    /**
     * A call that waits for its result.
     *
     * @param name of the function
     * @param field where in the request it stands
     */
    record Call(String name, String field) {}

    static Turn of(String role) {
        return new Turn(role, new JsonArray(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    JsonObject toContent() {
        var content = new JsonObject();
        content.addProperty("role", role);
        content.add("parts", parts);
        return content;
    }

    /** All results, in the order of the calls: a content must have as many as the one before it has calls. */
    JsonArray resultsInOrder() {
        var all = new JsonArray();
        var more = new JsonArray();
        for (var id : calls.keySet()) {
            for (var part : results.getOrDefault(id, new JsonArray())) {
                (JsonTree.object(part).has("functionResponse") ? all : more).add(part);
            }
        }
        all.addAll(more);
        return all;
    }
}
