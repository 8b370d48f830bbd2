package io.patchbay.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKey.Purpose;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AccessServiceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String OWN_SECRET = "a-secret-of-the-operators-own";

    @TempDir
    Path data;

    @Test
    void knowsTheKeysItMade() {
        var access = start();
        var issued = access.create("phone", Purpose.INFERENCE);

        var key = access.authenticate(issued.secret());

        assertThat(key).isEqualTo(issued.key());
        assertThat(key.name()).isEqualTo("phone");
        assertThat(key.purpose()).isEqualTo(Purpose.INFERENCE);
        assertThat(key.created()).isEqualTo(NOW);
        assertThat(key.id()).matches("[0-9a-f]{64}");
        assertThat(issued.secret().reveal())
                .startsWith(key.label().substring(0, 12))
                .endsWith(key.label().substring(15));
    }

    @Test
    void saysTheSameOfMistypedUnknownAndOversizedSecrets() {
        var access = start();
        var good = access.create("phone", Purpose.INFERENCE).secret().reveal();
        var unknown = KeyFormat.draw(new SecureRandom()).reveal();

        for (var bad : List.of(swapLast(good), unknown, "", "x", good + " ", "é".repeat(80), "k".repeat(100_000))) {
            assertThatThrownBy(() -> access.authenticate(Secret.of(bad)))
                    .isInstanceOfSatisfying(FailureException.class, thrown -> {
                        assertThat(thrown.failure().kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
                        assertThat(thrown.failure().message())
                                .isEqualTo("Invalid API key. Check the Authorization header.");
                    });
        }
    }

    @Test
    void knowsItsKeysAfterARestart() {
        var before = start();
        var inference = before.create("phone", Purpose.INFERENCE);
        var management = before.create("Zoë's laptop \"<&>\"", Purpose.MANAGEMENT);

        var after = start();

        assertThat(after.authenticate(inference.secret())).isEqualTo(inference.key());
        assertThat(after.authenticate(management.secret())).isEqualTo(management.key());
        assertThat(after.keys()).isEqualTo(before.keys());
    }

    @Test
    void listsTheNewestFirst() {
        var access = start();
        access.create("second", Purpose.INFERENCE);
        access.create("third", Purpose.INFERENCE);

        assertThat(access.keys()).extracting(ApiKey::name).containsExactly("third", "second", "local");
    }

    @Test
    void refusesNamesThatWouldSpoilAListing() {
        var access = start();

        for (var name : List.of("", "  ", "two\nlines", "\u001b[2J", "n".repeat(201))) {
            assertThatThrownBy(() -> access.create(name, Purpose.INFERENCE))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            thrown -> assertThat(thrown.failure().field()).contains("name"));
        }
        assertThat(access.keys()).hasSize(1);
    }

    @Test
    void writesNoSecretToAnyFileButTheBootstrapFile() throws IOException {
        var access = start("access", "bootstrap.json", OWN_SECRET);
        var secrets = List.of(
                OWN_SECRET,
                access.create("phone", Purpose.INFERENCE).secret().reveal(),
                access.create("laptop", Purpose.MANAGEMENT).secret().reveal());

        for (var file : files()) {
            assertThat(Files.readString(file, ISO_8859_1)).as("%s", file).doesNotContain(secrets);
        }
        var bootstrapKey = bootstrapSecret();
        assertThat(files().stream().filter(file -> contains(file, bootstrapKey)))
                .containsExactly(data.resolve("bootstrap.json"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void letsNobodyElseReadItsFiles() throws IOException {
        start().create("phone", Purpose.INFERENCE);

        assertThat(files())
                .containsExactlyInAnyOrder(
                        data.resolve("access/keys.json"), data.resolve("access/pepper"), data.resolve("bootstrap.json"))
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void makesTheLocalKeyOnce() throws IOException {
        var local = start().authenticate(Secret.of(bootstrapSecret()));
        var again = start();

        assertThat(local.name()).isEqualTo("local");
        assertThat(local.purpose()).isEqualTo(Purpose.INFERENCE);
        assertThat(again.keys()).containsExactly(local);
        assertThat(again.authenticate(Secret.of(bootstrapSecret()))).isEqualTo(local);
    }

    @Test
    void replacesABootstrapFileThatHoldsNoGoodKey() throws IOException {
        var stale = KeyFormat.draw(new SecureRandom()).reveal();
        for (var content : List.of("", "{", "[]", "{\"key\":7}", "{\"key\":\"" + stale + "\"}")) {
            Files.writeString(data.resolve("bootstrap.json"), content);

            assertThat(start().authenticate(Secret.of(bootstrapSecret())).name())
                    .as(content)
                    .isEqualTo("local");
        }
    }

    @Test
    void makesNoLocalKeyIfNoneIsWanted() {
        assertThat(start("access", "", "").keys()).isEmpty();
        assertThat(data.resolve("bootstrap.json")).doesNotExist();
    }

    @Test
    void takesTheOperatorsOwnSecretAsAManagementKey() {
        start("access", "", OWN_SECRET);

        var later = start("access", "", "");

        assertThat(later.keys()).singleElement().extracting(ApiKey::name).isEqualTo("bootstrap");
        assertThat(later.authenticate(Secret.of(OWN_SECRET)).purpose()).isEqualTo(Purpose.MANAGEMENT);
        assertThat(start("access", "", OWN_SECRET).keys()).hasSize(1);
    }

    @Test
    void ignoresABootstrapKeyThatCouldBeGuessedOrNeverSent() {
        var mistyped = swapLast(KeyFormat.draw(new SecureRandom()).reveal());

        for (var bad :
                List.of("nineteen-characters", "a secret with blanks in it", "ein-geheimnis-für-alle", mistyped)) {
            assertThat(start("access", "", bad).keys()).as(bad).isEmpty();
        }
    }

    @Test
    void refusesToStartOnABrokenFileAndLeavesItAlone() throws IOException {
        start();
        var file = data.resolve("access/keys.json");
        var whole = Files.readString(file);

        for (var broken : List.of(
                "",
                whole.substring(0, whole.length() / 2),
                "null",
                "[]",
                whole + "x",
                whole.replace("\"version\": 1", "\"version\": 2"),
                whole.replace("\"hash\": \"", "\"hash\": \"0"),
                whole.replace("\"inference\"", "\"everything\""),
                whole.replace("2026-03-01", "yesterday"))) {
            Files.writeString(file, broken);

            assertThatThrownBy(this::start)
                    .as(broken)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("keys.json is broken");
            assertThat(file).hasContent(broken);
        }
        Files.writeString(file, whole);
        assertThat(start().keys()).hasSize(1);
    }

    @Test
    void refusesToStartWithoutThePepperOfItsKeys() throws IOException {
        start();
        var pepper = data.resolve("access/pepper");
        Files.write(pepper, new byte[31]);
        assertThatThrownBy(this::start).hasMessageContaining("pepper is broken");

        Files.delete(pepper);
        assertThatThrownBy(this::start).hasMessageContaining("pepper is missing");
        assertThat(pepper).doesNotExist();
    }

    @Test
    void losesNoKeyOfManyMadeAtOnce() throws Exception {
        var access = start();
        var issued = new ConcurrentLinkedQueue<IssuedKey>();
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = IntStream.range(0, 64)
                    .<Callable<Boolean>>mapToObj(i -> () -> issued.add(access.create("key " + i, Purpose.INFERENCE)))
                    .toList();
            for (var made : threads.invokeAll(tasks)) {
                assertThat(made.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }

        var after = start();
        assertThat(after.keys()).hasSize(65);
        assertThat(issued).allSatisfy(one -> {
            assertThat(access.authenticate(one.secret())).isEqualTo(one.key());
            assertThat(after.authenticate(one.secret())).isEqualTo(one.key());
        });
    }

    @Test
    void makesNoKeyThatItCannotStore() throws IOException {
        var access = start();
        // A folder in the place of the file can't be replaced, not even by the superuser.
        Files.delete(data.resolve("access/keys.json"));
        Files.createDirectories(data.resolve("access/keys.json/in-the-way"));

        assertThatThrownBy(() -> access.create("phone", Purpose.INFERENCE))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        thrown -> assertThat(thrown.failure().kind()).isEqualTo(FailureKind.INTERNAL));
        assertThat(access.keys()).extracting(ApiKey::name).containsExactly("local");
        assertThat(data.resolve("access")).isDirectoryNotContaining("glob:**.tmp");
    }

    private AccessService start() {
        return start("access", "bootstrap.json", "");
    }

    private AccessService start(String folder, String bootstrapFile, String bootstrapKey) {
        return new AccessService(
                new Settings(folder, bootstrapFile, bootstrapKey), data, () -> NOW, new SecureRandom());
    }

    private String bootstrapSecret() throws IOException {
        return JsonParser.parseString(Files.readString(data.resolve("bootstrap.json")))
                .getAsJsonObject()
                .get("key")
                .getAsString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), UTF_8).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String swapLast(String secret) {
        char last = secret.charAt(secret.length() - 1);
        return secret.substring(0, secret.length() - 1) + (last == 'a' ? 'b' : 'a');
    }

    private record Settings(String folder, String bootstrap$_$file, String _bootstrap$_$key)
            implements AccessService.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return AccessService.Config.class;
        }
    }
}
