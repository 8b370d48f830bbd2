package io.patchbay.compatibility;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;
import java.util.ArrayList;

/** Helps {@link AdapterContract#plainly} to bring what means the same into one spelling. */
public final class Spelling {
    private Spelling() {}

    /** Takes a member away if it has this value, because none means the same. */
    public static void dropIf(JsonObject holder, String name, JsonElement value) {
        if (value.equals(holder.get(name))) {
            holder.remove(name);
        }
    }

    /** Takes members away that are null, an empty object or an empty list; those named only. */
    public static void dropEmpty(JsonObject holder, String... names) {
        for (var name : names) {
            var value = holder.get(name);
            boolean isEmpty = value != null
                    && (value.isJsonNull()
                            || value instanceof JsonObject object && object.isEmpty()
                            || value instanceof JsonArray array && array.isEmpty());
            if (isEmpty) {
                holder.remove(name);
            }
        }
    }

    /** Writes a text as a list of one part: {@code [{"type": "text", "text": …}]}. */
    public static void asParts(JsonObject holder, String name) {
        if (holder.get(name) instanceof JsonPrimitive text && text.isString()) {
            var part = new JsonObject();
            part.addProperty("type", "text");
            part.add("text", text);
            var parts = new JsonArray();
            parts.add(part);
            holder.add(name, parts);
        }
    }

    /** The objects of a list; none if there is no such list. */
    public static Iterable<JsonObject> objects(JsonObject holder, String name) {
        var found = new ArrayList<JsonObject>();
        for (var element : JsonTree.array(holder.get(name))) {
            if (element instanceof JsonObject object) {
                found.add(object);
            }
        }
        return found;
    }
}
