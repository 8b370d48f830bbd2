package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** Where a client says {@code cache_control} on something, Bedrock wants a block after it. */
final class CachePoints {
    private CachePoints() {}

    /** Adds the block that says that everything up to here can be cached, if the client asked for it. */
    static void add(@Nullable JsonElement cacheControl, ModelRules rules, JsonArray blocks) {
        if (!(cacheControl instanceof JsonObject control) || !rules.takesCachePoints() || blocks.isEmpty()) {
            return;
        }
        if (JsonTree.object(blocks.get(blocks.size() - 1)).has("cachePoint")) {
            return;
        }
        var point = new JsonObject();
        point.addProperty("type", "default");
        var lifetime = JsonTree.text(control.get("ttl"));
        if (!lifetime.isEmpty() && rules.takesCacheLifetime()) {
            point.addProperty("ttl", lifetime);
        }
        blocks.add(Json.of("cachePoint", point));
    }
}
