package io.patchbay.plugin.schema;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at where the references of a schema lead. Only those within it are followed: nothing is fetched from anywhere, and a
 * reference that leads nowhere is found before anybody is asked for an answer. Immutable.
 */
final class References {
    /** What holds schemas by names of the client's own. */
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");
    /** What holds no schemas, whatever it looks like. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final Set<String> ANCHORS = Set.of("$anchor", "$dynamicAnchor");

    private final JsonObject schema;
    private final List<String> references = new ArrayList<>();
    private final Set<String> anchors = new HashSet<>();
    private boolean hasIdWithin;

    private References(JsonObject schema) {
        this.schema = schema;
    }

    /** What is wrong with one of them, if anything is. */
    static Optional<String> mistake(JsonObject schema) {
        var found = new References(schema);
        found.visit(schema, true);
        if (found.hasIdWithin) {
            return Optional.of("'$id' may stand at its top only");
        }
        return found.references.stream()
                .flatMap(reference -> found.mistake(reference).stream())
                .findFirst();
    }

    private void visit(JsonElement value, boolean isTop) {
        if (value instanceof JsonArray array) {
            array.forEach(one -> visit(one, false));
        } else if (value instanceof JsonObject object) {
            object.entrySet().forEach(member -> visit(member.getKey(), member.getValue(), isTop));
        }
    }

    private void visit(String keyword, JsonElement value, boolean isTop) {
        if (DATA.contains(keyword)) {
            return;
        }
        if (NAMED.contains(keyword) && value instanceof JsonObject named) {
            named.asMap().values().forEach(one -> visit(one, false));
            return;
        }
        var text = text(value);
        if (text.isPresent() && REFERENCES.contains(keyword)) {
            references.add(text.get());
        } else if (text.isPresent() && ANCHORS.contains(keyword)) {
            anchors.add(text.get());
        } else if (text.isPresent() && keyword.equals("$id") && text.get().startsWith("#")) {
            anchors.add(text.get().substring(1));
        } else if (text.isPresent() && keyword.equals("$id")) {
            hasIdWithin |= !isTop;
        } else {
            visit(value, false);
        }
    }

    private static Optional<String> text(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    private Optional<String> mistake(String reference) {
        if (!reference.startsWith("#")) {
            return Optional.of("'$ref' may lead to a place within it only ('#/$defs/…'); nothing is fetched");
        }
        return leadsSomewhere(reference.substring(1))
                ? Optional.empty()
                : Optional.of("a '$ref' leads to a place that there is not");
    }

    private boolean leadsSomewhere(String fragment) {
        if (fragment.isEmpty()) {
            return true;
        }
        if (!fragment.startsWith("/")) {
            return anchors.contains(fragment);
        }
        return JsonPointer.find(schema, decoded(fragment))
                .filter(found -> found instanceof JsonObject || JsonTree.isTrue(found) || JsonTree.isFalse(found))
                .isPresent();
    }

    private static String decoded(String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return fragment;
        }
    }
}
