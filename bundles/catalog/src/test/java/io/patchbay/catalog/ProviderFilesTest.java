package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.ProviderStatus.State;
import io.patchbay.api.catalog.Secret;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderFilesTest {
    private final CatalogFixture fixture = new CatalogFixture();

    @Test
    void readsEveryKey() {
        fixture.write(
                "acme",
                "display-name=Acme Inc;adapter=openai;base-url=https://api.acme.test/v1/;.api-key=sk-1;"
                        + "headers=X-Title: a, b, X-Ref: https://acme.test;models=acme/one=uno, acme/two,\nacme/x/y:free = z;"
                        + "price-prompt=2.50;price-completion=10;price-cache-read=0.25;price-cache-write=3;unknown-price=free;"
                        + "price.acme/two=0.1, 0.4;price.acme/x/y:free=1,2,0.5,4;context-length=128_000;"
                        + "connect-timeout=500;first-byte-timeout=5s;idle-timeout=2m;total-timeout=1h;"
                        + "option.stream-usage=false;option.empty=;enabled=true;discovery-interval=1m;author=acme;"
                        + "exclude-models=x");

        assertThat(fixture.listed()).containsExactly("acme:acme/one", "acme:acme/two", "acme:acme/x/y:free");
        var one = fixture.endpoint("acme/one");
        assertThat(one.upstreamModel()).isEqualTo("uno");
        assertThat(one.contextLength()).hasValue(128_000);
        assertThat(one.price()).contains(cached("2.50", "10", "0.25", "3"));
        assertThat(fixture.endpoint("acme/x/y:free").price()).contains(cached("1", "2", "0.5", "4"));
        assertThat(fixture.endpoint("acme/two").upstreamModel()).isEqualTo("two");
        assertThat(fixture.endpoint("acme/two").price()).contains(price("0.1", "0.4"));
        assertThat(fixture.endpoint("acme/x/y:free").upstreamModel()).isEqualTo("z");
        var provider = one.provider();
        assertThat(provider.displayName()).isEqualTo("Acme Inc");
        assertThat(provider.baseUrl()).contains(URI.create("https://api.acme.test/v1"));
        assertThat(provider.credential().orElseThrow().reveal()).isEqualTo("sk-1");
        assertThat(provider.headers().first("x-title")).contains("a, b");
        assertThat(provider.headers().first("x-ref")).contains("https://acme.test");
        assertThat(provider.options()).isEqualTo(Map.of("stream-usage", "false"));
        assertThat(provider.timeouts().connect()).isEqualTo(Duration.ofMillis(500));
        assertThat(provider.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(5));
        assertThat(provider.timeouts().idle()).isEqualTo(Duration.ofMinutes(2));
        assertThat(provider.timeouts().total()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void tiersOfServiceAreEndpointsAtPricesOfTheirOwn() {
        fixture.write(
                "acme",
                "base-url=https://api.acme.test/v1;api-key=sk-1;models=acme/one,acme/two;price-prompt=2.50;"
                        + "price-completion=10;price-cache-read=0.25;service-tier.flex=0.5;"
                        + "service-tier.priority=2: acme/o*, other/x");

        assertThat(fixture.listed()).containsExactly("acme:acme/one", "acme:acme/two");
        assertThat(fixture.found("acme/one"))
                .containsExactlyInAnyOrder("acme:acme/one", "acme/flex:acme/one", "acme/priority:acme/one");
        assertThat(fixture.found("acme/two")).containsExactlyInAnyOrder("acme:acme/two", "acme/flex:acme/two");
        var flex = fixture.catalog.endpoints(ModelId.parse("acme/one")).get(1);
        assertThat(flex.serviceTier()).contains("flex");
        assertThat(flex.price())
                .contains(Price.builder()
                        .perMillion(Unit.PROMPT, new BigDecimal("1.25"))
                        .perMillion(Unit.COMPLETION, new BigDecimal("5"))
                        .perMillion(Unit.CACHE_READ, new BigDecimal("0.125"))
                        .build());
        assertThat(flex.atUsualServiceTier()).isEqualTo(fixture.endpoint("acme/one"));
        assertThat(flex.atUsualServiceTier().price())
                .isEqualTo(fixture.endpoint("acme/one").price());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"service-tier.flex=half", "service-tier.flex=-1", "service-tier.Flex=1", "service-tier.flex=:x/y"})
    void aTierOfServiceSaysHowManyTimesTheUsualPriceItCosts(String line) {
        fixture.write("acme", "base-url=https://api.acme.test/v1;api-key=sk-1;models=acme/one;" + line);

        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void isNamedByItsFileEvenIfTheNameHoldsADash() {
        // How the framework files io.patchbay.provider~big-acme.cfg.
        fixture.catalog.updated(
                "io.patchbay.provider~big~acme",
                Map.of(
                        "base-url",
                        "http://127.0.0.1:1/v1",
                        "felix.fileinstall.filename",
                        "file:/etc/io.patchbay.provider~big-acme.cfg"));

        assertThat(fixture.status("big-acme").state()).isEqualTo(State.NO_CREDENTIAL);
    }

    @ParameterizedTest
    @CsvSource({"AKIA1:secret:token,AKIA1:secret:token", "AKIA1:secret:,AKIA1:secret", "AKIA1:secret,AKIA1:secret"})
    void takesAnAccessKey(String written, String key) {
        assertThat(credential(Map.of("access-key", written))).contains(key);
    }

    @Test
    void hasNoAccessKeyWhereTheEnvironmentHasNone() {
        assertThat(credential(Map.of("access-key", "::"))).isEmpty();
        assertThat(credential(Map.of("access-key", "AKIA1::"))).isEmpty();
    }

    @Test
    void readsACredentialFromItsFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("account.json"), "{\n  \"type\": \"service_account\"\n}\n");

        assertThat(credential(Map.of("api-key-file", file.toString())))
                .contains("{\n  \"type\": \"service_account\"\n}");
        assertThat(credential(Map.of("api-key-file", file.toString(), "api-key", "sk-1")))
                .contains("sk-1");
    }

    private static Optional<String> credential(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("base-url", "http://127.0.0.1:1/v1");
        return ProviderFileReader.read("acme", Settings.of(all))
                .provider()
                .credential()
                .map(Secret::reveal);
    }

    @Test
    void takesAllFilesThatAreThereWhenItBegins() {
        fixture.catalog.begin(Map.of(
                "io.patchbay.provider~alpha",
                Map.of("base-url", "http://127.0.0.1:1/v1", "credential-required", "false", "models", "a/b"),
                "io.patchbay.provider~beta",
                Map.of("base-url", "http://127.0.0.1:1/v1"),
                "io.patchbay.provider~broken",
                Map.of("base-url", "nowhere")));

        assertThat(fixture.listed()).containsExactly("alpha:a/b");
        assertThat(fixture.catalog.providers()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base-url=ftp://x|base-url|''",
                "base-url=http://user:secret@x/|base-url|''",
                "base-url=http://x/?a=b|base-url|''",
                "base-url=not a url|base-url|''",
                "base-url=|base-url|''",
                "base_url=http://x|base_url|did you mean 'base-url'",
                "modles=a/b|modles|did you mean 'models'",
                "zebra=1|zebra|unknown key",
                "models=gpt|models|author/name",
                "models=a/b,a/b|models|twice",
                "models=a/b=|models|nothing after",
                "models=a b/c|models|''",
                "price-prompt=-1|price-prompt|''",
                "price-prompt=cheap|price-prompt|''",
                "price.a/b=1|price.a/b|''",
                "price.a/b=1,2,3,4,5|price.a/b|''",
                "price-cache-read=1|price-prompt|missing",
                "unknown-price=never|unknown-price|refuse, ceiling or free",
                "price.b=1,2|price.b|''",
                "context-length=1e3|context-length|''",
                "idle-timeout=5 years|idle-timeout|''",
                "idle-timeout=0|idle-timeout|''",
                "enabled=maybe|enabled|''",
                "headers=nonsense|headers|''",
                "name=UPPER|name|''",
                "author=a b|author|''",
                "api-key=two words|api-key|''",
                "api-key-file=/no/such/file|api-key-file|can't be read",
                "access-key=AKIAONLY|access-key|ID:SECRET",
            })
    void namesTheKeyAndTheReasonOfAMistake(String line, String key, String reason) {
        var values = new LinkedHashMap<String, String>();
        values.put("base-url", "http://127.0.0.1:1/v1");
        values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));

        assertThatThrownBy(() -> ProviderFileReader.read("acme", Settings.of(values)))
                .isInstanceOfSatisfying(BadSetting.class, e -> {
                    assertThat(e.key()).isEqualTo(key);
                    assertThat(e.reason()).contains(reason).doesNotContain("secret");
                });
    }

    @Test
    void keepsTheOldConfigurationWhereTheNewOneIsBroken() {
        fixture.writeOpen("acme", "acme/one");
        var before = fixture.endpoint("acme/one");

        fixture.write("acme", "base-url=http://127.0.0.1:1/v1;modles=acme/two");

        assertThat(fixture.endpoint("acme/one")).isSameAs(before);
        fixture.writeOpen("acme", "acme/two");
        assertThat(fixture.listed()).containsExactly("acme:acme/two");
    }

    @Test
    void offersNothingOfAFileThatWasNeverGood() {
        fixture.write("acme", "base-url=nowhere;models=acme/one");

        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.catalog.providers()).isEmpty();
    }

    @Test
    void takesUpAnEditAtOnceAndLeavesRequestsUnderWayTheirEndpoint() {
        fixture.writeOpen("acme", "acme/one");
        var underWay = fixture.endpoint("acme/one");

        fixture.write("acme", "base-url=http://127.0.0.2:1/v1;credential-required=false;models=acme/one=uno");

        assertThat(fixture.endpoint("acme/one").upstreamModel()).isEqualTo("uno");
        assertThat(underWay.upstreamModel()).isEqualTo("one");
        assertThat(underWay.provider().baseUrl()).contains(URI.create("http://127.0.0.1:1/v1"));
    }

    @Test
    void doesNothingWhereNothingChanged() {
        fixture.writeOpen("acme", "acme/one");
        var before = fixture.endpoint("acme/one");

        fixture.writeOpen("acme", "acme/one");

        assertThat(fixture.endpoint("acme/one")).isSameAs(before);
    }

    @Test
    void forgetsAProviderWithItsFile() {
        fixture.writeOpen("acme", "acme/one");

        fixture.delete("acme");

        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.found("acme/one")).isEmpty();
        assertThat(fixture.catalog.providers()).isEmpty();
    }

    @Test
    void refusesANameThatIsTakenUntilItIsGivenBack() {
        fixture.writeOpen("acme", "acme/one");
        fixture.write("other", "name=acme;base-url=http://127.0.0.1:1/v1;credential-required=false;models=acme/two");
        assertThat(fixture.listed()).containsExactly("acme:acme/one");

        fixture.delete("acme");

        assertThat(fixture.listed()).containsExactly("acme:acme/two");
    }

    @ParameterizedTest
    @CsvSource({"api-key=", "api-key=$[env:NOT_SET]", "display-name=x"})
    void waitsForACredential(String line) {
        fixture.write("acme", "base-url=http://127.0.0.1:1/v1;models=acme/one;" + line);

        assertThat(fixture.found("acme/one")).isEmpty();
        assertThat(fixture.status("acme").state()).isEqualTo(State.NO_CREDENTIAL);
    }

    @Test
    void leavesADisabledProviderOut() {
        fixture.write("acme", "base-url=http://127.0.0.1:1/v1;credential-required=false;models=acme/one;enabled=false");

        assertThat(fixture.found("acme/one")).isEmpty();
        assertThat(fixture.catalog.providers()).isEmpty();
    }

    @Test
    void findsTheNameInAFileNameOfTheOldForm() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("base-url", "http://127.0.0.1:1/v1");
        properties.put("credential-required", "false");
        properties.put("models", "acme/one");
        properties.put("felix.fileinstall.filename", "file:/etc/io.patchbay.provider-acme.cfg");

        fixture.catalog.updated("io.patchbay.provider.1a2b", properties);

        assertThat(fixture.listed()).containsExactly("acme:acme/one");
    }

    @ParameterizedTest
    @CsvSource({
        "io.patchbay.provider~acme~north-one, file:/etc/io.patchbay.provider~acme-north-one.cfg",
        "io.patchbay.provider~acme~north-one, ''",
        "io.patchbay.provider~acme-north-one, ''"
    })
    void aNameMayHaveDashesThoughTheFrameworkCutsItThere(String pid, String file) {
        var properties = new HashMap<String, Object>();
        properties.put("base-url", "http://127.0.0.1:1/v1");
        properties.put("credential-required", "false");
        properties.put("models", "acme/one");
        if (!file.isEmpty()) {
            properties.put("felix.fileinstall.filename", file);
        }

        fixture.catalog.updated(pid, properties);

        assertThat(fixture.listed()).containsExactly("acme-north-one:acme/one");
    }

    @Test
    void documentsEveryKeyForTheConfigurationTools() {
        var documented = Arrays.stream(ProviderConfig.class.getDeclaredMethods())
                .map(Method::getName)
                .map(name -> name.replace("$_$", "-"))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(ProviderFileReader.KEYS);
    }

    private static Price cached(String prompt, String completion, String read, String write) {
        return price(prompt, completion).toBuilder()
                .perMillion(Unit.CACHE_READ, new BigDecimal(read))
                .perMillion(Unit.CACHE_WRITE, new BigDecimal(write))
                .build();
    }

    private static Price price(String prompt, String completion) {
        return Price.perMillionTokens(new BigDecimal(prompt), new BigDecimal(completion));
    }
}
