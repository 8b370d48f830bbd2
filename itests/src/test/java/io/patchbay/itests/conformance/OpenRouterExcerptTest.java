package io.patchbay.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is kept of OpenRouter's document: of the operations that Patchbay has too, the answers' schemas. {@code
 * -Dpatchbay.openrouter=FILE} makes it anew of a newer document.
 */
class OpenRouterExcerptTest {
    private static final Path EXCERPT =
            Path.of("src", "test", "resources", "io", "patchbay", "itests", "conformance", "openrouter.json");
    private static final Path OURS = Path.of(
            "..", "bundles", "openapi", "src", "main", "resources", "io", "patchbay", "openapi", "openapi.json");
    private static final String COMPONENT = "#/components/schemas/";
    private static final Set<String> PROSE =
            Set.of("title", "description", "example", "examples", "default", "deprecated", "externalDocs");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isMadeAnew() throws IOException {
        var file = System.getProperty("patchbay.openrouter");
        assumeTrue(file != null, "no newer document is given");
        var document = new YAMLMapper().readTree(Path.of(file).toFile());

        var paths =
                sharedPaths(document.path("paths"), JSON.readTree(OURS.toFile()).path("paths"));
        var components = new TreeMap<String, JsonNode>();
        paths.values().forEach(path -> collect(path, document.path("components").path("schemas"), components));

        Files.writeString(
                EXCERPT,
                "{\"openapi\":\"3.1.0\",\n\"paths\":{\n" + lines(paths) + "\n},\n\"components\":{\"schemas\":{\n"
                        + lines(components) + "\n}}}\n");
    }

    @Test
    void whatItRefersToIsThere() throws IOException {
        var excerpt = JSON.readTree(EXCERPT.toFile());
        var components = new TreeMap<String, JsonNode>();

        collect(excerpt.path("paths"), excerpt.path("components").path("schemas"), components);

        assertThat(excerpt.path("paths")).hasSizeGreaterThan(30);
        assertThat(components)
                .hasSameSizeAs(excerpt.path("components").path("schemas"))
                .hasSizeGreaterThan(300);
    }

    private static Map<String, JsonNode> sharedPaths(JsonNode theirs, JsonNode ours) {
        var operations = new TreeSet<String>();
        ours.properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(method + ' ' + anonymous(path.getKey()))));
        var shared = new TreeMap<String, JsonNode>();
        theirs.properties().forEach(path -> {
            var methods = JSON.createObjectNode();
            path.getValue().properties().forEach(method -> {
                if (operations.contains(method.getKey() + ' ' + anonymous(path.getKey()))) {
                    methods.putObject(method.getKey())
                            .set("responses", responses(method.getValue().path("responses")));
                }
            });
            if (!methods.isEmpty()) {
                shared.put(path.getKey(), methods);
            }
        });
        return shared;
    }

    /** Parameters have other names in other documents. */
    private static String anonymous(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    private static JsonNode responses(JsonNode responses) {
        var kept = JSON.createObjectNode();
        responses.properties().forEach(response -> {
            var content = kept.putObject(response.getKey()).putObject("content");
            response.getValue()
                    .path("content")
                    .properties()
                    .forEach(type -> content.putObject(type.getKey())
                            .set("schema", schema(type.getValue().path("schema"))));
        });
        return kept;
    }

    /** Without what a validator does not read. */
    private static JsonNode schema(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var kept = JSON.createArrayNode();
            array.forEach(element -> kept.add(schema(element)));
            return kept;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        var kept = JSON.createObjectNode();
        node.properties().forEach(field -> {
            if (field.getKey().equals("properties")) {
                var properties = kept.putObject("properties");
                field.getValue()
                        .properties()
                        .forEach(property -> properties.set(property.getKey(), schema(property.getValue())));
            } else if (!PROSE.contains(field.getKey()) && !field.getKey().startsWith("x-")) {
                kept.set(field.getKey(), schema(field.getValue()));
            }
        });
        return kept;
    }

    private static void collect(JsonNode node, JsonNode all, Map<String, JsonNode> to) {
        var reference = node.path("$ref");
        if (reference.isTextual() && reference.textValue().startsWith(COMPONENT)) {
            var name = reference.textValue().substring(COMPONENT.length());
            if (!to.containsKey(name)) {
                to.put(name, schema(all.path(name)));
                collect(to.get(name), all, to);
            }
        }
        node.forEach(child -> collect(child, all, to));
    }

    private static String lines(Map<String, JsonNode> entries) {
        return entries.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ':' + text(entry.getValue()))
                .collect(Collectors.joining(",\n"));
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
