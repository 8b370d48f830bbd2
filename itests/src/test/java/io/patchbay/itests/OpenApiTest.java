package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the bundles serve, and nothing else. */
class OpenApiTest {
    private static final Path BUNDLES = Path.of("..", "bundles");
    private static final Path DOCUMENT = BUNDLES.resolve(
            Path.of("openapi", "src", "main", "resources", "io", "patchbay", "openapi", "openapi.json"));
    /** As the components' descriptions in the bundles have them. */
    private static final Pattern ROUTE = Pattern.compile("(GET|POST|PATCH|PUT|DELETE) (/api/v1/[^\\s<\"]*)");

    @Test
    void everyRouteIsDocumentedAndEveryOperationIsServed() throws IOException {
        var served = served();
        var documented = documented();

        assertThat(documented)
                .allMatch(operation -> served.stream().anyMatch(route -> serves(route, operation)), "is served");
        assertThat(served)
                .allMatch(
                        route -> documented.stream().anyMatch(operation -> serves(route, operation)), "is documented");
        assertThat(served).hasSizeGreaterThan(30);
    }

    private static boolean serves(String route, String operation) {
        return route.endsWith("/*")
                ? operation.startsWith(route.substring(0, route.length() - 1))
                : operation.equals(route);
    }

    private static Set<String> served() throws IOException {
        var routes = new TreeSet<String>();
        try (var files = Files.walk(BUNDLES)) {
            files.filter(file -> file.toString().contains("OSGI-INF")
                            && file.toString().endsWith(".xml"))
                    .map(OpenApiTest::text)
                    .forEach(component -> ROUTE.matcher(component)
                            .results()
                            .forEach(route -> routes.add(route.group(1) + ' ' + route.group(2))));
        }
        return routes;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> documented() throws IOException {
        var operations = new TreeSet<String>();
        JsonParser.parseString(Files.readString(DOCUMENT))
                .getAsJsonObject()
                .getAsJsonObject("paths")
                .entrySet()
                .forEach(path -> path.getValue()
                        .getAsJsonObject()
                        .keySet()
                        .forEach(method ->
                                operations.add(method.toUpperCase(Locale.ROOT) + " /api/v1" + path.getKey())));
        return operations;
    }
}
