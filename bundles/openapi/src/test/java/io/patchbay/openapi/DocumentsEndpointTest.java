package io.patchbay.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document holds together. That it says what there is, a test of the whole tells. */
class DocumentsEndpointTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final JsonObject document = JsonParser.parseReader(new InputStreamReader(
                    Objects.requireNonNull(DocumentsEndpoint.class.getResourceAsStream("openapi.json")),
                    StandardCharsets.UTF_8))
            .getAsJsonObject();

    @Test
    void everyOperationHasAnIdOfItsOwnAndAnswers() {
        var ids = new ArrayList<String>();
        operations((path, operation) -> {
            ids.add(operation.get("operationId").getAsString());
            assertThat(operation.get("summary").getAsString()).isNotBlank();
            assertThat(operation.getAsJsonObject("responses").keySet())
                    .contains("default")
                    .containsAnyOf("200", "201");
        });

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    }

    @Test
    void whatIsInAPathIsAParameter() {
        operations((path, operation) -> {
            var named = PARAMETER
                    .matcher(path)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            var declared = operation.has("parameters")
                    ? operation.getAsJsonArray("parameters").asList().stream()
                            .map(JsonElement::getAsJsonObject)
                            .filter(one -> one.get("in").getAsString().equals("path"))
                            .map(one -> one.get("name").getAsString())
                            .toList()
                    : List.<String>of();
            assertThat(declared).as(path).isEqualTo(named);
        });
    }

    @Test
    void whatIsReferredToIsThere() {
        var schemas = document.getAsJsonObject("components").getAsJsonObject("schemas");
        var references = Pattern.compile("\"#/components/schemas/(\\w+)\"")
                .matcher(document.toString())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(schemas.keySet()).containsAll(references);
        assertThat(references).hasSizeGreaterThan(10);
    }

    private interface Check {
        void accept(String path, JsonObject operation);
    }

    private void operations(Check check) {
        document.getAsJsonObject("paths")
                .entrySet()
                .forEach(path -> path.getValue()
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(operation ->
                                check.accept(path.getKey(), operation.getValue().getAsJsonObject())));
    }
}
