package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;

/** What keys and accounts may use, and how their requests are routed. */
final class RulesJson {
    private RulesJson() {}

    static void add(JsonObject json, Permissions permissions, Optional<String> strategy) {
        json.add("allowed_models", array(permissions.models()));
        json.add("allowed_providers", array(permissions.providers()));
        json.add("allowed_regions", array(permissions.regions()));
        json.addProperty("data_collection", word(permissions.dataCollection()));
        json.addProperty("data_retention", word(permissions.dataRetention()));
        strategy.ifPresentOrElse(
                name -> json.addProperty("strategy", name), () -> json.add("strategy", JsonNull.INSTANCE));
    }

    static JsonArray array(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static String word(boolean allowed) {
        return allowed ? "allow" : "deny";
    }

    /** What a body says of permissions; what it does not name stays. */
    static Permissions permissions(JsonView body, Permissions old) {
        var permissions = old;
        if (body.has("allowed_models")) {
            permissions = permissions.withModels(texts(body, "allowed_models"));
        }
        if (body.has("allowed_providers")) {
            permissions = permissions.withProviders(texts(body, "allowed_providers"));
        }
        if (body.has("allowed_regions")) {
            permissions = permissions.withRegions(texts(body, "allowed_regions"));
        }
        return permissions
                .withDataCollection(allows(body, "data_collection", permissions.dataCollection()))
                .withDataRetention(allows(body, "data_retention", permissions.dataRetention()));
    }

    private static List<String> texts(JsonView body, String field) {
        return Fields.texts(body, field).orElse(List.of());
    }

    private static boolean allows(JsonView body, String field, boolean otherwise) {
        var word = Fields.text(body, field);
        if (word.isEmpty()) {
            return otherwise;
        }
        return switch (word.get()) {
            case "allow" -> true;
            case "deny" -> false;
            default -> throw Fields.wrong(field, "\"allow\" or \"deny\"");
        };
    }

    static Optional<String> strategy(JsonView body, Optional<String> old) {
        return body.has("strategy") ? Fields.text(body, "strategy").filter(name -> !name.isBlank()) : old;
    }
}
