package io.patchbay.catalogtool;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** OpenRouter's list: the names by which clients know models. */
final class KnownModels {
    private static final Set<String> VARIANTS =
            Set.of("free", "thinking", "extended", "beta", "online", "exacto", "nitro");

    private final Map<String, JsonObject> models = new LinkedHashMap<>();
    private final Map<String, String> exact = new HashMap<>();
    private final Map<String, String> byAuthorAndKey = new HashMap<>();
    private final Map<String, Set<String>> byKey = new HashMap<>();

    KnownModels(JsonObject list) {
        var sorted = new ArrayList<JsonObject>();
        for (JsonElement element : list.getAsJsonArray("data")) {
            sorted.add(element.getAsJsonObject());
        }
        // The model itself before its variants: they share the other names.
        sorted.sort(Comparator.comparing((JsonObject model) -> id(model).contains(":"))
                .thenComparing(KnownModels::id));
        for (var model : sorted) {
            models.put(id(model), model);
        }
        for (var name : List.of("id", "canonical_slug", "hugging_face_id")) {
            for (var model : sorted) {
                Json.text(model, name).ifPresent(text -> add(text, id(model)));
            }
        }
    }

    private static String id(JsonObject model) {
        return model.get("id").getAsString();
    }

    private void add(String name, String id) {
        exact.putIfAbsent(name.toLowerCase(Locale.ROOT), id);
        if (id.contains(":") || id.startsWith("~")) {
            return;
        }
        var author = id.substring(0, id.indexOf('/'));
        var last = Names.last(name);
        // Relaxed forms of an id itself may be the exact form of another.
        for (var key : id.equals(name) ? List.of(Names.key(last)) : Names.keys(last)) {
            byAuthorAndKey.putIfAbsent(author + '/' + key, id);
            byKey.computeIfAbsent(key, same -> new TreeSet<>()).add(id);
        }
    }

    JsonObject get(String id) {
        return models.getOrDefault(id, new JsonObject());
    }

    /** A name as clients may write it: the name proper, and the variant with its colon, if it has one. */
    record Split(String name, String variant) {
        static Split of(String upstream) {
            int colon = upstream.lastIndexOf(':');
            if (colon > 0 && VARIANTS.contains(upstream.substring(colon + 1).toLowerCase(Locale.ROOT))) {
                return new Split(
                        upstream.substring(0, colon), upstream.substring(colon).toLowerCase(Locale.ROOT));
            }
            return new Split(upstream, "");
        }
    }

    /**
     * OpenRouter's id of a model.
     *
     * @param upstream as a provider names it
     * @param base what the list says it is, {@code author/name}; may be empty
     */
    Optional<String> find(String upstream, String base) {
        var split = Split.of(upstream);
        var whole = exact.get(upstream.toLowerCase(Locale.ROOT));
        if (whole != null) {
            return Optional.of(whole);
        }
        return findBase(split.name(), base)
                .map(id -> split.variant().isEmpty() || id.contains(":") ? id : id + split.variant());
    }

    private Optional<String> findBase(String upstream, String base) {
        for (var name : List.of(upstream, base)) {
            var found = exact.get(aliased(name));
            if (found != null) {
                return Optional.of(found);
            }
        }
        for (var name : List.of(base, upstream)) {
            if (!name.isEmpty()) {
                var found = byKeys(name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> byKeys(String name) {
        var last = Names.last(name);
        var author = author(name);
        for (var key : Names.guesses(last)) {
            var found = author.map(by -> byAuthorAndKey.get(by + '/' + key));
            if (found.isPresent()) {
                return found;
            }
            var any = byKey.getOrDefault(key, Set.of());
            if (any.size() == 1) {
                return Optional.of(any.iterator().next());
            }
        }
        return Optional.empty();
    }

    /** Who made it: by its beginning, as the same name says less of who serves it; else by what comes before it. */
    static Optional<String> author(String name) {
        var byName = Authors.of(Names.last(name));
        if (byName.isPresent()) {
            return byName;
        }
        int slash = name.lastIndexOf('/');
        if (slash <= 0) {
            return Optional.empty();
        }
        var before = name.substring(0, slash);
        var alias = Authors.alias(before.substring(before.lastIndexOf('/') + 1));
        return alias.isEmpty() ? Optional.empty() : Optional.of(alias);
    }

    private static String aliased(String name) {
        int slash = name.indexOf('/');
        return slash < 0
                ? name.toLowerCase(Locale.ROOT)
                : Authors.alias(name.substring(0, slash))
                        + name.substring(slash).toLowerCase(Locale.ROOT);
    }
}
