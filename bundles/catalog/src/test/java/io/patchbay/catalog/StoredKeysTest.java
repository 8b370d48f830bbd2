package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredKeysTest {
    private static final String KEY = "gsk_canary-5up3rs3cr3t";
    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    Path folder;

    private final RecordingLog log = new RecordingLog();

    @Test
    void keepsAKeyForTheNextStart() {
        open("").store("groq", Secret.of(KEY));

        assertThat(key(open(""), "groq")).isEqualTo(KEY);
        assertThat(open("").stored()).containsExactly("groq");
    }

    @Test
    void keepsAKeyUnderThePassphraseOfTheEnvironment() {
        open(PASSPHRASE).store("groq", Secret.of(KEY));

        assertThat(key(open(PASSPHRASE), "groq")).isEqualTo(KEY);
        assertThat(folder.resolve(StoredKeys.MASTER_KEY)).doesNotExist();
    }

    @Test
    void opensWhatTheFileSealedAfterThePassphraseWasSet() {
        open("").store("groq", Secret.of(KEY));
        var keys = open(PASSPHRASE);
        keys.store("xai", Secret.of("xai-1"));

        assertThat(key(open(PASSPHRASE), "groq")).isEqualTo(KEY);
        assertThat(key(open(PASSPHRASE), "xai")).isEqualTo("xai-1");
    }

    @Test
    void replacesAndRemovesAKey() {
        var keys = open("");
        keys.store("groq", Secret.of("old"));
        keys.store("groq", Secret.of(KEY));
        assertThat(key(open(""), "groq")).isEqualTo(KEY);

        assertThat(keys.remove("groq")).isTrue();
        assertThat(keys.remove("groq")).isFalse();
        assertThat(keys.of("groq")).isEmpty();
        assertThat(open("").stored()).isEmpty();
    }

    /** S3. */
    @Test
    void aNewMasterKeyInTheFileMakesTheOldOneUseless() throws IOException {
        var keys = open("");
        keys.store("groq", Secret.of(KEY));
        keys.store("acme", "xai", Secret.of("xai-1"));
        var oldMaster = Files.readAllBytes(folder.resolve(StoredKeys.MASTER_KEY));

        assertThat(keys.rotateMasterKey()).isEqualTo(2);

        assertThat(key(keys, "groq")).isEqualTo(KEY);
        assertThat(key(open(""), "groq")).isEqualTo(KEY);
        assertThat(open("").stored("acme")).containsExactly("xai");
        Files.write(folder.resolve(StoredKeys.MASTER_KEY), oldMaster);
        assertThat(open("").of("groq").orElseThrow().secret()).isEmpty();
    }

    /** S3. */
    @Test
    void thePassphraseTakesOverWhatTheFileSealed() {
        open("").store("groq", Secret.of(KEY));

        open(PASSPHRASE).rotateMasterKey();

        assertThat(key(open(PASSPHRASE), "groq")).isEqualTo(KEY);
        assertThat(folder.resolve(StoredKeys.MASTER_KEY)).doesNotExist();
    }

    /** S3. */
    @Test
    void aNewPassphraseSealsAnewWhatThePreviousOneSealed() {
        open(PASSPHRASE).store("groq", Secret.of(KEY));
        var next = "a quite different passphrase";

        assertThat(key(open(next, PASSPHRASE), "groq")).isEqualTo(KEY);

        assertThat(key(open(next), "groq")).isEqualTo(KEY);
        assertThat(open(PASSPHRASE).of("groq").orElseThrow().secret()).isEmpty();
    }

    @Test
    void aCrashInTheMiddleOfARotationLosesNothing() throws IOException {
        open("").store("groq", Secret.of(KEY));
        var master = folder.resolve(StoredKeys.MASTER_KEY);
        var next = folder.resolve(StoredKeys.MASTER_KEY + ".next");
        var old = Files.readAllBytes(master);

        Files.write(next, new byte[32]);
        assertThat(key(open(""), "groq")).as("before the keys were written").isEqualTo(KEY);
        assertThat(next).doesNotExist();

        open("").rotateMasterKey();
        Files.move(master, next);
        Files.write(master, old);
        assertThat(key(open(""), "groq")).as("after the keys were written").isEqualTo(KEY);
        assertThat(next).doesNotExist();
        assertThat(key(open(""), "groq")).isEqualTo(KEY);
    }

    @Test
    void nothingIsSealedAnewWhileAKeyCanNotBeDecrypted() throws IOException {
        open(PASSPHRASE).store("groq", Secret.of(KEY));
        var keys = open("another passphrase of mine");
        keys.store("xai", Secret.of("xai-1"));
        var before = file();

        assertThatThrownBy(keys::rotateMasterKey)
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("groq");

        assertThat(file()).isEqualTo(before);
        assertThat(key(open(PASSPHRASE), "groq")).isEqualTo(KEY);
    }

    /** S3: ten thousand within ten seconds. */
    @Test
    void tenThousandKeysAreSealedAnewInAMoment() throws IOException {
        open("").store("groq", Secret.of(KEY));
        var random = new SecureRandom();
        var file = new SealedKeysFile(folder.resolve(StoredKeys.KEYS), random);
        var masters = new MasterKeys(folder.resolve(StoredKeys.MASTER_KEY), "", "", random);
        var content = file.read();
        var master = masters.key(MasterKeys.Origin.FILE, content.salt());
        var many = new HashMap<>(content.keys());
        for (int i = 0; i < 10_000; i++) {
            var name = "account-" + i + "/groq";
            many.put(name, SealedKey.seal(name, Secret.of(KEY), MasterKeys.Origin.FILE, master, random));
        }
        file.write(new SealedKeysFile.Content(content.salt(), many));
        var keys = open("");

        long begin = System.nanoTime();
        assertThat(keys.rotateMasterKey()).isEqualTo(10_001);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void tellsTheCatalogAfterEveryChange() {
        var keys = open("");
        var seen = new StringBuilder();
        var unfollow = keys.follow(() -> seen.append(keys.stored()));

        keys.store("groq", Secret.of(KEY));
        keys.remove("groq");
        unfollow.run();
        keys.store("xai", Secret.of(KEY));

        assertThat(seen).hasToString("[groq][]");
    }

    @Test
    void showsTheKeyNowhere() throws IOException {
        open("").store("groq", Secret.of(KEY));
        Files.delete(folder.resolve(StoredKeys.MASTER_KEY));
        var keys = open("");
        assertThatThrownBy(() -> keys.store("xai", Secret.of(KEY))).hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> keys.store("xai", Secret.of(KEY + "\u001b"))).hasMessageNotContaining(KEY);

        assertThat(log.text()).contains("groq", "master.key is missing").doesNotContain(KEY, base64(KEY));
        assertThat(file()).contains("groq").doesNotContain(KEY, base64(KEY));
        assertThat(keys.of("groq").orElseThrow()).hasToString("***");
    }

    @Test
    void sealsTheSameKeyAnewEachTime() throws IOException {
        var keys = open("");
        keys.store("groq", Secret.of(KEY));
        var first = file();
        keys.store("groq", Secret.of(KEY));

        assertThat(file()).isNotEqualTo(first);
        assertThat(nonce(file())).isNotEqualTo(nonce(first)).hasSize(16);
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        open("").store("groq", Secret.of(KEY));

        for (var name : new String[] {StoredKeys.KEYS, StoredKeys.MASTER_KEY}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve(StoredKeys.MASTER_KEY)).hasSize(32);
    }

    @Test
    void doesNotOpenAKeyUnderTheNameOfAnotherProvider() throws IOException {
        open("").store("groq", Secret.of(KEY));
        Files.writeString(folder.resolve(StoredKeys.KEYS), file().replace("groq", "evil"));

        var keys = open("");

        assertThat(keys.of("evil").orElseThrow().secret()).isEmpty();
        assertThat(log.text()).contains("evil", "can't be decrypted");
    }

    @Test
    void leavesAKeyAsItIsThatWasSealedWithAnotherPassphrase() throws IOException {
        open(PASSPHRASE).store("groq", Secret.of(KEY));

        var keys = open("another passphrase of mine");
        keys.store("xai", Secret.of("xai-1"));

        assertThat(keys.of("groq").orElseThrow().secret()).isEmpty();
        assertThat(keys.of("groq").orElseThrow().problem()).contains("another value of PATCHBAY_MASTER_KEY");
        assertThat(log.text())
                .containsOnlyOnce("another value of PATCHBAY_MASTER_KEY")
                .contains("groq");
        assertThat(key(open(PASSPHRASE), "groq")).isEqualTo(KEY);
    }

    @Test
    void makesNoNewMasterKeyBesideKeysOfTheOldOne() throws IOException {
        open("").store("groq", Secret.of(KEY));
        var master = Files.readAllBytes(folder.resolve(StoredKeys.MASTER_KEY));
        Files.delete(folder.resolve(StoredKeys.MASTER_KEY));
        var keys = open("");

        assertThatThrownBy(() -> keys.store("xai", Secret.of("xai-1")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("master.key is missing: restore it from a backup");
        Files.write(folder.resolve(StoredKeys.MASTER_KEY), master);
        keys.store("xai", Secret.of("xai-1"));

        assertThat(key(keys, "groq")).isEqualTo(KEY);
        assertThat(key(keys, "xai")).isEqualTo("xai-1");
    }

    @Test
    void refusesAPassphraseThatIsTooShort() {
        assertThatThrownBy(() -> open("fifteen letters").store("groq", Secret.of(KEY)))
                .hasMessageContaining("PATCHBAY_MASTER_KEY has fewer than 16 characters");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"version\":2,\"salt\":\"\",\"keys\":[]}", "{\"version\":1,\"keys\":[7]}"})
    void leavesABrokenFileAsItIs(String broken) throws IOException {
        Files.writeString(folder.resolve(StoredKeys.KEYS), broken);

        var keys = open("");

        assertThat(keys.stored()).isEmpty();
        assertThat(log.text()).contains("keys.json is broken and left as it is");
        assertThatThrownBy(() -> keys.store("groq", Secret.of(KEY))).hasMessageContaining("keys.json is broken");
        assertThatThrownBy(() -> keys.remove("groq")).hasMessageContaining("keys.json is broken");
        assertThat(file()).isEqualTo(broken);
    }

    @Test
    void keepsWhatWasRestoredMeanwhile() throws IOException {
        open("").store("groq", Secret.of(KEY));
        var backup = file();
        var keys = open("");
        keys.remove("groq");
        Files.writeString(folder.resolve(StoredKeys.KEYS), backup);

        keys.store("xai", Secret.of("xai-1"));

        assertThat(key(keys, "groq")).isEqualTo(KEY);
        assertThat(key(open(""), "groq")).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\t", "line\n", "\u001b[A", "schlüssel", " lead", "del\u007f"})
    void refusesWhatIsNoKey(String text) {
        var keys = open("");

        assertThatThrownBy(() -> keys.store("groq", Secret.of(text))).isInstanceOf(FailureException.class);
        assertThat(keys.stored()).isEmpty();
    }

    private StoredKeys open(String passphrase) {
        return open(passphrase, "");
    }

    private StoredKeys open(String passphrase, String previous) {
        return new StoredKeys(folder, passphrase, previous, new SecureRandom(), log.logger());
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve(StoredKeys.KEYS));
    }

    private static String key(StoredKeys keys, String provider) {
        return keys.of(provider).orElseThrow().secret().orElseThrow().reveal();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String nonce(String file) {
        return Arrays.stream(file.split("\n", -1))
                .filter(line -> line.contains("\"nonce\""))
                .map(line -> line.split("\"", -1)[3])
                .collect(Collectors.joining());
    }
}
