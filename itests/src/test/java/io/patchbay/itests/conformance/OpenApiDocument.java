package io.patchbay.itests.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** An OpenAPI 3.1 document that answers are held against. */
final class OpenApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final String STREAM_TYPE = "text/event-stream";
    private static final String DEFINITIONS = "$defs";
    private static final int SAID = 600;

    private final String name;
    private final List<Operation> operations;
    private final Map<String, JsonSchema> schemas;
    private final Shape shape;
    /** What was looked at and found good. */
    private final Set<String> valid = ConcurrentHashMap.newKeySet();

    private OpenApiDocument(
            String name, List<Operation> operations, Map<String, JsonSchema> schemas, Set<String> words) {
        this.name = name;
        this.operations = operations;
        this.schemas = schemas;
        this.shape = new Shape(words);
    }

    /** A method and a path, and what its answers are by status. */
    private record Operation(String method, String template, Pattern path, JsonNode responses) {
        static Operation of(String method, String template, JsonNode operation) {
            var pattern = Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+"));
            return new Operation(method.toUpperCase(Locale.ROOT), template, pattern, operation.path("responses"));
        }

        boolean matches(Exchange exchange) {
            return method.equals(exchange.method())
                    && path.matcher(exchange.path()).matches();
        }

        int parameters() {
            return (int) template.chars().filter(c -> c == '{').count();
        }

        /** What the document says of a status. An error that it does not list looks like those that it lists. */
        Optional<String> response(int status) {
            var wanted = status >= 400
                    ? List.of(String.valueOf(status), "default", "500", "400")
                    : List.of(String.valueOf(status));
            return wanted.stream().filter(responses::has).findFirst();
        }

        String name() {
            return method + ' ' + template;
        }
    }

    /** Reads one, whose name is for messages: "OpenRouter's document". */
    static OpenApiDocument parse(String name, String json) throws JsonProcessingException {
        var document = JSON.readTree(json);
        var operations = new ArrayList<Operation>();
        var definitions = JSON.createObjectNode();
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> definitions.set(schema.getKey(), prepared(schema.getValue())));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(Operation.of(method.getKey(), path.getKey(), method.getValue()))));
        operations.sort(Comparator.comparingInt(Operation::parameters));
        var keys = new ArrayList<String>();
        for (var operation : operations) {
            operation
                    .responses()
                    .properties()
                    .forEach(response -> response.getValue()
                            .path("content")
                            .properties()
                            .forEach(content -> {
                                var key = key(operation, response.getKey(), content.getKey());
                                definitions.set(key, prepared(content.getValue().path("schema")));
                                keys.add(key);
                            }));
        }
        var root = JSON.createObjectNode();
        root.set(DEFINITIONS, definitions);
        var words = new HashSet<String>();
        collectWords(root, words);
        return new OpenApiDocument(name, List.copyOf(operations), compiled(root, keys), words);
    }

    private static String key(Operation operation, String status, String type) {
        return (operation.name() + ' ' + status + ' ' + type).replaceAll("[^A-Za-z0-9]+", "_");
    }

    private static Map<String, JsonSchema> compiled(ObjectNode root, List<String> keys) {
        var id = "https://patchbay/document";
        var text = root.toString();
        var factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(iri -> iri.equals(id) ? text : null)));
        var config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true)
                .build();
        var schemas = new HashMap<String, JsonSchema>();
        for (var key : keys) {
            schemas.put(key, factory.getSchema(SchemaLocation.of(id + "#/" + DEFINITIONS + '/' + key), config));
        }
        return Map.copyOf(schemas);
    }

    /**
     * A schema as the validator should see it: references lead to where the components now are, and where a field says
     * which of many schemas is meant, only that one is tried; else every other one complains as well.
     */
    private static JsonNode prepared(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var copy = JSON.createArrayNode();
            array.forEach(element -> copy.add(prepared(element)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        var copy = JSON.createObjectNode();
        object.properties().forEach(field -> copy.set(field.getKey(), prepared(field.getValue())));
        if (copy.path("$ref").isTextual()) {
            copy.put("$ref", reference(copy.get("$ref").textValue()));
        }
        var property = copy.path("discriminator").path("propertyName");
        var mapping = copy.path("discriminator").path("mapping");
        if (property.isTextual() && mapping.isObject()) {
            var kinds = copy.has("oneOf") ? copy.remove("oneOf") : copy.remove("anyOf");
            if (kinds != null) {
                copy.remove("discriminator");
                discriminate(copy, property.textValue(), mapping);
            }
        }
        return copy;
    }

    private static String reference(String reference) {
        return reference.replace("#/components/schemas/", "#/" + DEFINITIONS + '/');
    }

    private static void discriminate(ObjectNode schema, String property, JsonNode mapping) {
        var kinds = JSON.createObjectNode();
        var known = kinds.putObject("properties").putObject(property).putArray("enum");
        kinds.putArray("required").add(property);
        var all = schema.withArray("allOf");
        all.add(kinds);
        mapping.properties().forEach(kind -> {
            known.add(kind.getKey());
            var choice = all.addObject();
            var when = choice.putObject("if");
            when.putObject("properties").putObject(property).put("const", kind.getKey());
            when.putArray("required").add(property);
            choice.putObject("then").put("$ref", reference(kind.getValue().textValue()));
        });
    }

    private static void collectWords(JsonNode node, Set<String> words) {
        node.path("enum").forEach(word -> words.add(word.asText()));
        if (node.path("const").isTextual()) {
            words.add(node.get("const").textValue());
        }
        node.forEach(child -> collectWords(child, words));
    }

    /** What is wrong with an answer; nothing if the document does not know what was asked. */
    List<Mismatch> check(Exchange exchange) {
        var found = operations.stream().filter(one -> one.matches(exchange)).findFirst();
        return found.map(operation -> check(operation, exchange)).orElse(List.of());
    }

    private List<Mismatch> check(Operation operation, Exchange exchange) {
        var response = operation.response(exchange.status());
        if (response.isEmpty()) {
            return List.of(
                    mismatch(operation, exchange, "", "status", "the document has no such status", exchange.body()));
        }
        var content = operation.responses().path(response.get()).path("content");
        if (content.isEmpty() || !isText(exchange.type())) {
            return List.of();
        }
        if (!content.has(exchange.type())) {
            var message = "is " + exchange.type() + ", not of " + names(content);
            return List.of(mismatch(operation, exchange, "", "content", message, exchange.body()));
        }
        var schema = schemas.get(key(operation, response.get(), exchange.type()));
        if (schema == null) {
            return List.of();
        }
        return exchange.type().equals(STREAM_TYPE)
                ? checkEvents(operation, exchange, schema)
                : exchange.complete() ? checkJson(operation, exchange, schema, exchange.body()) : List.of();
    }

    private static boolean isText(String type) {
        return type.equals(JSON_TYPE) || type.equals(STREAM_TYPE);
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private List<Mismatch> checkEvents(Operation operation, Exchange exchange, JsonSchema schema) {
        if (schema.getSchemaNode().path("type").asText().equals("string")) {
            return List.of();
        }
        var mismatches = new ArrayList<Mismatch>();
        for (var event : ServerSentEvents.of(exchange.body())) {
            if (event.data().equals("[DONE]")) {
                continue;
            }
            var json = event.name().isEmpty()
                    ? "{\"data\":" + event.data() + '}'
                    : "{\"event\":\"" + event.name() + "\",\"data\":" + event.data() + '}';
            mismatches.addAll(checkJson(operation, exchange, schema, json));
        }
        return mismatches;
    }

    private List<Mismatch> checkJson(Operation operation, Exchange exchange, JsonSchema schema, String said) {
        JsonNode json;
        try {
            json = JSON.readTree(said);
        } catch (JsonProcessingException malformed) {
            return List.of(mismatch(operation, exchange, "", "content", "is no JSON", said));
        }
        var known = operation.name() + exchange.status() + exchange.type() + shape.of(json);
        if (valid.contains(known)) {
            return List.of();
        }
        var messages = schema.validate(json);
        if (messages.isEmpty()) {
            valid.add(known);
        }
        return messages.stream()
                .map(message ->
                        mismatch(operation, exchange, pointer(message), message.getType(), message.getMessage(), said))
                .toList();
    }

    private static String pointer(ValidationMessage message) {
        var at = message.getInstanceLocation().toString().replaceAll("/\\d+(?=/|$)", "/*");
        return message.getProperty() == null ? at : at + '/' + message.getProperty();
    }

    private Mismatch mismatch(
            Operation operation, Exchange exchange, String pointer, String keyword, String message, String said) {
        var beginning = said.length() > SAID ? said.substring(0, SAID) + "…" : said;
        return new Mismatch(name, operation.name(), exchange.status(), pointer, keyword, message, beginning.strip());
    }
}
