package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Hint;
import io.patchbay.api.json.JsonTree;

/** Where a client says {@code cache_control} on something, Bedrock wants a block after it. */
final class CachePoints {
    private CachePoints() {}

    /** Adds the block that says that everything up to here can be cached, if the client asks for it here. */
    static void add(JsonObject asked, ModelRules rules, JsonArray blocks) {
        var control = Hint.cacheControl(asked);
        if (control.isEmpty() || !rules.takesCachePoints() || blocks.isEmpty()) {
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
