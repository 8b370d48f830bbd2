package io.patchbay.access;

import static io.patchbay.access.Store.NOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.patchbay.api.access.Access;
import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKey.Purpose;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.access.Rules;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessServiceTest {
    private static final Account OPERATOR = Account.OPERATOR;
    private static final String OWN_SECRET = "a-secret-of-the-operators-own";

    @TempDir
    Path data;

    private Store store;

    private Store store(DatabaseKind kind) {
        store = new Store(kind, data);
        return store;
    }

    private AccessService start() {
        return store == null ? store(DatabaseKind.SQLITE).start() : store.start();
    }

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void knowsTheKeysItMade() {
        var access = start();
        var issued = access.create(OPERATOR, named("phone"));

        var key = ask(access, issued.secret());

        assertThat(key).isEqualTo(issued.key());
        assertThat(key.name()).isEqualTo("phone");
        assertThat(key.purpose()).isEqualTo(Purpose.INFERENCE);
        assertThat(key.account()).isEqualTo(OPERATOR);
        assertThat(key.created()).isEqualTo(NOON);
        assertThat(key.id()).matches("[0-9a-f]{64}");
        assertThat(issued.secret().reveal())
                .startsWith(key.label().substring(0, 12))
                .endsWith(key.label().substring(15));
    }

    @Test
    void saysTheSameOfMistypedUnknownDeletedAndOversizedSecrets() {
        var access = start();
        var good = access.create(OPERATOR, named("phone")).secret().reveal();
        var unknown = KeyFormat.draw(new SecureRandom()).reveal();
        var deleted = access.create(OPERATOR, named("lost"));
        access.delete(deleted.key().id());

        for (var bad : List.of(
                swapLast(good),
                unknown,
                deleted.secret().reveal(),
                "",
                "x",
                good + " ",
                "é".repeat(80),
                "k".repeat(100_000))) {
            var refused = refusal(() -> ask(access, Secret.of(bad)));
            assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
            assertThat(refused.message()).isEqualTo("Invalid API key. Check the Authorization header.");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void knowsItsKeysAndAccountsAfterARestart(DatabaseKind kind) {
        var before = store(kind).start();
        var acme = before.create("acme", account -> account.name("Acme & Söhne").overdraft(new Money(5)));
        var plain = before.create(acme, named("phone"));
        var limited = before.create(OPERATOR, AccessServiceTest::restricted);

        var after = store.start();

        assertThat(after.accounts()).containsExactly(acme, OPERATOR);
        assertThat(ask(after, plain.secret())).isEqualTo(plain.key());
        assertThat(ask(after, limited.secret())).isEqualTo(limited.key());
        assertThat(limited.key().budget())
                .contains(new Budget(limited.key().id(), new Money(7_000_000), Budget.Period.WEEK, true));
        assertThat(after.keys()).extracting(ApiKey::name).containsExactly("Zoë's \"<&>\"", "phone", "local");
    }

    private static ApiKey.Builder restricted(ApiKey.Builder key) {
        return key.name("Zoë's \"<&>\"")
                .purpose(Purpose.MANAGEMENT)
                .limit(new Money(7_000_000), Budget.Period.WEEK)
                .countsOwnCredentials(true)
                .expires(Instant.parse("2999-01-01T00:00:00.5Z"))
                .permissions(new Permissions(
                        List.of("openai/*", "meta/llama-3"), List.of("groq"), List.of("eu"), false, false))
                .rateLimits(new RateLimits(60, 10_000))
                .strategy(Optional.of("latency"));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theRulesOfAnAccountCountForItsKeysAtOnceAndAfterARestart(DatabaseKind kind) {
        var access = store(kind).start();
        var acme = access.create("acme", account -> account.name("Acme"));
        var key = access.create(acme, restricted -> restricted.name("phone")).key();
        assertThat(access.rules(key)).isEqualTo(Rules.NONE);

        var rules = Permissions.ALL
                .withModels(List.of("openai/*"))
                .withProviders(List.of("groq"))
                .withRegions(List.of("eu"))
                .withDataCollection(false)
                .withDataRetention(false);
        access.changeAccount("acme", account -> account.permissions(rules).strategy(Optional.of("latency")));

        assertThat(access.rules(key)).isEqualTo(new Rules(rules, Optional.of("latency")));
        assertThat(store.start().rules(key)).isEqualTo(new Rules(rules, Optional.of("latency")));
        assertThat(access.changeAccount("nobody", account -> account)).isEmpty();
        assertThatThrownBy(() -> access.changeAccount("operator", account -> account.strategy(Optional.of("price"))))
                .isInstanceOf(FailureException.class);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aChangeCountsAtOnceAndAfterARestart(DatabaseKind kind) {
        var access = store(kind).start();
        var issued = access.create(OPERATOR, AccessServiceTest::restricted);
        store.now(NOON.plusSeconds(60));

        var changed = access.change(
                        issued.key().id(),
                        key -> key.name("renamed")
                                .unlimited()
                                .neverExpires()
                                .permissions(Permissions.ALL)
                                .rateLimits(RateLimits.NONE)
                                .account(Account.builder("thief", NOON).build())
                                .purpose(Purpose.INFERENCE))
                .orElseThrow();

        assertThat(ask(access, issued.secret())).isEqualTo(changed);
        assertThat(changed.name()).isEqualTo("renamed");
        assertThat(changed.budget()).isEmpty();
        assertThat(changed.changed()).isEqualTo(NOON.plusSeconds(60));
        assertThat(changed.account()).as("whose it is stays").isEqualTo(OPERATOR);
        assertThat(changed.purpose()).as("what it is good for stays").isEqualTo(Purpose.MANAGEMENT);
        assertThat(ask(store.start(), issued.secret())).isEqualTo(changed);
    }

    @Test
    void whatIsDisabledExpiredOrDeletedIsGoodForNothingAtOnce() {
        var access = start();
        var issued = access.create(OPERATOR, key -> key.name("phone").expires(NOON.plusSeconds(60)));
        var id = issued.key().id();

        access.change(id, key -> key.disabled(true));
        assertThat(refusal(() -> ask(access, issued.secret())).message()).isEqualTo("This API key is disabled.");
        access.change(id, key -> key.disabled(false));
        assertThat(ask(access, issued.secret()).name()).isEqualTo("phone");
        store.now(NOON.plusSeconds(60));
        assertThat(refusal(() -> ask(access, issued.secret())).message()).isEqualTo("This API key has expired.");
        assertThat(refusal(() -> ask(access, issued.secret())).kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
        assertThat(access.delete(id)).isTrue();
        assertThat(access.delete(id)).isFalse();
        assertThat(access.findKey(id)).isEmpty();
        assertThat(access.change(id, key -> key)).isEmpty();
        assertThat(access.keys()).extracting(ApiKey::name).containsExactly("local");
        assertThat(start().keys()).extracting(ApiKey::name).containsExactly("local");
    }

    @Test
    void nobodyGuessesForLong() {
        var access = start();
        var good = access.create(OPERATOR, named("phone")).secret();
        for (int i = 0; i < 20; i++) {
            assertThat(refusal(() -> access.authenticate(Secret.of("wrong"), "10.0.0.1"))
                            .kind())
                    .isEqualTo(FailureKind.UNAUTHENTICATED);
        }

        var slowDown = refusal(() -> access.authenticate(Secret.of("wrong"), "10.0.0.1"));

        assertThat(slowDown.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(slowDown.retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(access.authenticate(good, "10.0.0.1").name())
                .as("a good key from the same address")
                .isEqualTo("phone");
        assertThat(refusal(() -> access.authenticate(Secret.of("wrong"), "10.0.0.2"))
                        .kind())
                .isEqualTo(FailureKind.UNAUTHENTICATED);
        store.now(NOON.plusSeconds(61));
        assertThat(refusal(() -> access.authenticate(Secret.of("wrong"), "10.0.0.1"))
                        .kind())
                .isEqualTo(FailureKind.UNAUTHENTICATED);
    }

    @Test
    void listsTheNewestFirst() {
        var access = start();
        access.create(OPERATOR, named("second"));
        access.create(OPERATOR, named("third"));

        assertThat(access.keys()).extracting(ApiKey::name).containsExactly("third", "second", "local");
    }

    @Test
    void refusesSettingsThatNobodyCouldMeanAndNamesThem() {
        var access = start();

        for (var name : List.of("", "  ", "two\nlines", "\u001b[2J", "n".repeat(201))) {
            assertThat(refusal(() -> access.create(OPERATOR, named(name))).field())
                    .contains("name");
        }
        for (var model : List.of("openai", "openai/", "*", "a b/c", "openai/gpt*", "a/b:free")) {
            var settings = Permissions.ALL.withModels(List.of(model));
            assertThat(refusal(() -> access.create(
                                    OPERATOR, key -> key.name("phone").permissions(settings)))
                            .field())
                    .as(model)
                    .contains("allowed_models");
        }
        assertThat(refusal(() -> access.create(
                                OPERATOR, key -> key.name("phone").limit(new Money(-1), Budget.Period.DAY)))
                        .field())
                .contains("limit");
        assertThat(refusal(() ->
                                access.create(OPERATOR, key -> key.name("phone").expires(Instant.MAX)))
                        .field())
                .contains("expires_at");
        assertThat(access.keys()).hasSize(1);
    }

    @Test
    void refusesAccountsThatNobodyCouldMeanAndNamesWhy() {
        var access = start();
        access.create("acme", account -> account.name("Acme"));

        for (var id : List.of("", "Acme", "-a", "a/b", "a b", "a".repeat(64), "acme", "operator")) {
            assertThat(refusal(() -> access.create(id, account -> account.name("name")))
                            .field())
                    .as(id)
                    .contains("id");
        }
        assertThat(refusal(() -> access.create("other", account -> account.name("")))
                        .field())
                .contains("name");
        assertThat(refusal(() -> access.create(
                                "other", account -> account.name("x").overdraft(new Money(-1))))
                        .field())
                .contains("overdraft");
        assertThat(access.accounts()).hasSize(2);
    }

    @Test
    void permissionsKnowVariantsAuthorsAndCase() {
        var some = Permissions.ALL.withModels(List.of("OpenAI/*", "meta/llama-3"));

        assertThat(Stream.of("openai/gpt-5", "openai/gpt-5:free", "meta/llama-3", "meta/llama-3:nitro")
                        .map(ModelId::parse))
                .allMatch(some::allow);
        assertThat(Stream.of("openai2/gpt-5", "meta/llama-31", "meta/llama").map(ModelId::parse))
                .noneMatch(some::allow);
    }

    @Test
    void writesNoSecretToAnyFileButTheBootstrapFile() throws IOException {
        var access = store(DatabaseKind.SQLITE).bootstrapKey(OWN_SECRET).start();
        var secrets = List.of(
                OWN_SECRET,
                access.create(OPERATOR, named("phone")).secret().reveal(),
                access.create(OPERATOR, named("laptop")).secret().reveal());
        var bootstrapKey = bootstrapSecret();

        for (var file : files()) {
            for (var secret : secrets) {
                assertThat(Files.readString(file, ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(secret.substring(0, secret.length() * 3 / 4));
            }
        }
        assertThat(files().stream().filter(file -> contains(file, bootstrapKey)))
                .containsExactly(data.resolve("bootstrap.json"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void letsNobodyElseReadItsFiles() throws IOException {
        start().create(OPERATOR, named("phone"));

        assertThat(files())
                .contains(data.resolve("access/pepper"), data.resolve("bootstrap.json"))
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void makesTheLocalKeyOnce() throws IOException {
        var local = ask(start(), Secret.of(bootstrapSecret()));
        var again = start();

        assertThat(local.name()).isEqualTo("local");
        assertThat(local.purpose()).isEqualTo(Purpose.INFERENCE);
        assertThat(again.keys()).containsExactly(local);
        assertThat(ask(again, Secret.of(bootstrapSecret()))).isEqualTo(local);
    }

    @Test
    void replacesABootstrapFileThatHoldsNoGoodKey() throws IOException {
        var stale = KeyFormat.draw(new SecureRandom()).reveal();
        for (var content : List.of("", "{", "[]", "{\"key\":7}", "{\"key\":\"" + stale + "\"}")) {
            Files.writeString(data.resolve("bootstrap.json"), content);

            assertThat(ask(start(), Secret.of(bootstrapSecret())).name())
                    .as(content)
                    .isEqualTo("local");
        }
    }

    @Test
    void makesNoLocalKeyIfNoneIsWanted() {
        assertThat(store(DatabaseKind.SQLITE).bootstrapFile("").start().keys()).isEmpty();
        assertThat(data.resolve("bootstrap.json")).doesNotExist();
    }

    @Test
    void takesTheOperatorsOwnSecretAsAManagementKey() {
        store(DatabaseKind.SQLITE).bootstrapFile("").bootstrapKey(OWN_SECRET).start();

        var later = store.bootstrapKey("").start();

        assertThat(later.keys()).singleElement().extracting(ApiKey::name).isEqualTo("bootstrap");
        assertThat(ask(later, Secret.of(OWN_SECRET)).purpose()).isEqualTo(Purpose.MANAGEMENT);
        assertThat(store.bootstrapKey(OWN_SECRET).start().keys()).hasSize(1);
    }

    @Test
    void ignoresABootstrapKeyThatCouldBeGuessedOrNeverSent() {
        var mistyped = swapLast(KeyFormat.draw(new SecureRandom()).reveal());
        store(DatabaseKind.SQLITE).bootstrapFile("");

        for (var bad :
                List.of("nineteen-characters", "a secret with blanks in it", "ein-geheimnis-für-alle", mistyped)) {
            assertThat(store.bootstrapKey(bad).start().keys()).as(bad).isEmpty();
        }
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
                    .<Callable<Boolean>>mapToObj(i -> () -> issued.add(access.create(OPERATOR, named("key " + i))))
                    .toList();
            for (var made : threads.invokeAll(tasks)) {
                assertThat(made.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(issued)
                .allSatisfy(one -> assertThat(ask(access, one.secret())).isEqualTo(one.key()));

        var after = start();

        assertThat(after.keys()).hasSize(65);
        assertThat(issued)
                .allSatisfy(one -> assertThat(ask(after, one.secret())).isEqualTo(one.key()));
    }

    @Test
    void makesAndChangesNoKeyThatItCannotStore() {
        var access = start();
        var id = access.keys().get(0).id();
        store.loseDatabase();

        for (Callable<?> attempt : List.<Callable<?>>of(
                () -> access.create(OPERATOR, named("phone")),
                () -> access.change(id, key -> key.disabled(true)),
                () -> access.delete(id),
                () -> access.create("acme", account -> account.name("Acme")))) {
            assertThat(refusal(attempt).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
        assertThat(access.keys()).extracting(ApiKey::name).containsExactly("local");
        assertThat(access.keys().get(0).disabled()).isFalse();
        assertThat(access.accounts()).containsExactly(OPERATOR);
    }

    /** Nobody learns from the time of a refusal whether a key was ever there. */
    @Test
    void refusesUnknownAndDeletedKeysInTheSameTime() {
        var access = start();
        var deleted = access.create(OPERATOR, named("lost"));
        access.delete(deleted.key().id());
        var unknown = KeyFormat.draw(new SecureRandom());

        var ofUnknown = new long[10_000];
        var ofDeleted = new long[10_000];
        for (int i = 0; i < ofUnknown.length; i++) {
            ofUnknown[i] = nanos(access, unknown);
            ofDeleted[i] = nanos(access, deleted.secret());
        }

        assertThat(Math.abs(median(ofUnknown) - median(ofDeleted))).isLessThan(100_000);
    }

    @Test
    void noSingleWrongCharacterGetsAsFarAsTheHash() {
        var secret = KeyFormat.draw(new SecureRandom()).reveal();
        var seen = new HashSet<String>();
        for (int i = 0; i < secret.length(); i++) {
            for (char c : "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_".toCharArray()) {
                var typed = secret.substring(0, i) + c + secret.substring(i + 1);
                if (!typed.equals(secret) && typed.startsWith("sk-pb-v1-") && seen.add(typed)) {
                    assertThat(KeyFormat.isMistyped(typed)).as(typed).isTrue();
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(4_000);
    }

    private static long nanos(Access access, Secret secret) {
        long start = System.nanoTime();
        refusal(() -> access.authenticate(secret, "::1"));
        return System.nanoTime() - start;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static UnaryOperator<ApiKey.Builder> named(String name) {
        return key -> key.name(name);
    }

    private static ApiKey ask(Access access, Secret secret) {
        return access.authenticate(secret, "::1");
    }

    private static Failure refusal(Callable<?> attempt) {
        try {
            attempt.call();
        } catch (FailureException refused) {
            return refused.failure();
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
        throw new AssertionError("nobody refused");
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
}
