package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The architecture as a failing test: bundles import nothing of ours but the API, export nothing, and use none of the
 * ways around the service registry.
 */
class ManifestTest {
    private static final Path BUNDLES = Path.of("..", "bundles");
    private static final Set<String> MAY_EXPORT = Set.of("api", "testkit");
    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)(?:;[\\w:.-]+=(?:\"[^\"]*\"|[^,;]*))*,?");

    static Stream<String> bundles() throws IOException {
        try (var folders = Files.list(BUNDLES)) {
            return folders
                    .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void importsNothingOfOursButTheApi(String bundle) {
        assertThat(packages(manifest(bundle), "Import-Package"))
                .filteredOn(name -> name.startsWith("io.patchbay."))
                .allMatch(name -> name.startsWith("io.patchbay.api.") || name.startsWith(ownPackage(bundle)));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void exportsNothingUnlessItIsAnApi(String bundle) {
        var exported = packages(manifest(bundle), "Export-Package");

        if (MAY_EXPORT.contains(bundle)) {
            assertThat(exported).allMatch(name -> name.startsWith(ownPackage(bundle)));
        } else {
            assertThat(exported).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void usesNoWayAroundTheServiceRegistry(String bundle) {
        var manifest = manifest(bundle);

        assertThat(manifest.getValue("Bundle-Activator")).isNull();
        assertThat(manifest.getValue("DynamicImport-Package")).isNull();
        assertThat(manifest.getValue("Require-Bundle")).isNull();
        assertThat(manifest.getValue("Fragment-Host")).isNull();
        assertThat(BUNDLES.resolve(bundle).resolve("target/classes/OSGI-INF/blueprint"))
                .doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void isNamedAfterItsFolder(String bundle) {
        assertThat(manifest(bundle).getValue("Bundle-SymbolicName")).isEqualTo(ownPackage(bundle));
    }

    @Test
    void noProviderIsNamedOutsideItsAdapter() throws IOException {
        // Not "openai": that is also the name of the canonical form, which an adapter speaks unless told otherwise.
        var names = Pattern.compile("\"(anthropic|gemini|bedrock|azure|cohere|mistral|ollama|groq|deepseek)\"");
        var offenders = new ArrayList<String>();
        try (var files = Files.walk(BUNDLES)) {
            for (var file : (Iterable<Path>) files.filter(ManifestTest::isMainSource)::iterator) {
                if (names.matcher(Files.readString(file)).find()) {
                    offenders.add(BUNDLES.relativize(file).toString());
                }
            }
        }

        assertThat(offenders).allMatch(file -> file.startsWith("adapter-") || file.startsWith("testkit"));
    }

    private static boolean isMainSource(Path file) {
        return file.toString().endsWith(".java") && file.toString().contains("/src/main/");
    }

    private static String ownPackage(String bundle) {
        return "io.patchbay." + bundle.replace('-', '.');
    }

    private static Attributes manifest(String bundle) {
        var file = BUNDLES.resolve(bundle).resolve("target/classes/META-INF/MANIFEST.MF");
        try (InputStream in = Files.newInputStream(file)) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> packages(Attributes manifest, String header) {
        var value = manifest.getValue(header);
        if (value == null) {
            return List.of();
        }
        return CLAUSE.matcher(value).results().map(clause -> clause.group(1)).toList();
    }
}
