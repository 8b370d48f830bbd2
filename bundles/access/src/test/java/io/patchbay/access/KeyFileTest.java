package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKey.Purpose;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.database.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys from before there was a database. */
class KeyFileTest {
    private static final Secret PHONE = KeyFormat.draw(new SecureRandom());
    private static final Secret LAPTOP = KeyFormat.draw(new SecureRandom());

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void moveToTheDatabaseOnce(DatabaseKind kind) throws IOException {
        writeOld();
        try (var store = new Store(kind, data).bootstrapFile("")) {
            var access = store.start();
            assertThat(access.keys()).extracting(ApiKey::name).containsExactly("laptop", "phone");
            access.delete(access.keys().get(1).id());

            var later = store.start();

            assertThat(later.keys()).extracting(ApiKey::name).containsExactly("laptop");
            assertThat(later.authenticate(LAPTOP, "::1").purpose()).isEqualTo(Purpose.MANAGEMENT);
            assertThat(data.resolve("access/keys.json")).doesNotExist();
            assertThat(data.resolve("access/keys.json.imported")).exists();
        }
    }

    @Test
    void aBrokenFileIsRefusedAndLeftAlone() throws IOException {
        writeOld();
        var file = data.resolve("access/keys.json");
        var whole = Files.readString(file);
        try (var store = new Store(DatabaseKind.SQLITE, data)) {
            for (var broken : List.of(
                    "",
                    whole.substring(0, whole.length() / 2),
                    "null",
                    "[]",
                    whole + "x",
                    whole.replace("\"version\":1", "\"version\":2"),
                    whole.replace("\"hash\":\"", "\"hash\":\"0"),
                    whole.replace("\"inference\"", "\"everything\""),
                    whole.replace("2026-02-01", "yesterday"))) {
                Files.writeString(file, broken);

                assertThatThrownBy(store::start)
                        .as(broken)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("keys.json is broken");
                assertThat(file).hasContent(broken);
            }
            Files.writeString(file, whole);
            assertThat(store.start().keys()).extracting(ApiKey::name).contains("phone", "laptop");
        }
    }

    private void writeOld() throws IOException {
        var pepper = new byte[32];
        pepper[3] = 7;
        Files.createDirectories(data.resolve("access"));
        Files.write(data.resolve("access/pepper"), pepper);
        var hasher = new KeyHasher(pepper);
        Files.writeString(
                data.resolve("access/keys.json"),
                "{\"version\":1,\"keys\":[" + entry(hasher, PHONE, "phone", "inference") + ','
                        + entry(hasher, LAPTOP, "laptop", "management") + "]}\n");
    }

    private static String entry(KeyHasher hasher, Secret secret, String name, String purpose) {
        return "{\"hash\":\"" + hasher.hash(secret.reveal()) + "\",\"label\":\"" + KeyFormat.label(secret.reveal())
                + "\",\"name\":\"" + name + "\",\"purpose\":\"" + purpose
                + "\",\"created\":\"2026-02-01T10:00:00.123456789Z\"}";
    }
}
