package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.Prices.Imported;
import io.patchbay.api.catalog.Prices.Source;
import io.patchbay.api.catalog.Prices.Version;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.FailureException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices that the operator imports, and what prices there have been. */
class PriceBookTest {
    private static final Endpoint GROQ = Endpoint.builder(
                    ModelId.parse("m/one"), Provider.builder("groq", "openai").build())
            .price(Price.perMillionTokens(new BigDecimal("1"), new BigDecimal("2")))
            .build();
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    Path folder;

    private Instant now = NOON;

    private PriceBook open() {
        return new PriceBook(folder, () -> now);
    }

    @Test
    void anImportedPriceStandsFromItsTimeOnAlsoAfterARestart() {
        open().importCsv("""
                endpoint,prompt,completion,valid_from
                groq:m/one,0.000003,0.000004,2026-12-01
                """);

        var book = open();

        assertThat(prompt(book)).isEqualByComparingTo("0.000001");
        assertThat(book.untilNextChange()).contains(Duration.between(NOON, Instant.parse("2026-12-01T00:00:00Z")));
        now = Instant.parse("2026-12-01T00:00:00Z");
        assertThat(prompt(book)).isEqualByComparingTo("0.000003");
        assertThat(book.untilNextChange()).isEmpty();
    }

    @Test
    void theLatestOfSeveralStands() {
        var book = open();
        book.importCsv("""
                provider,model,prompt_per_million,completion_per_million,valid_from
                groq,m/one,3,4,2026-11-01
                groq,m/one,5,6,2026-11-20T10:00:00Z
                groq,m/one,7,8,2027-01-01
                """);

        assertThat(prompt(book)).isEqualByComparingTo("0.000005");
        assertThat(book.imported()).hasSize(3);

        book.importCsv("endpoint,prompt,completion\ngroq:m/one,1,1\n");
        assertThat(prompt(book)).as("without a time it counts at once").isEqualByComparingTo("1");
        assertThat(book.withdraw("groq:m/one")).isEqualTo(4);
        assertThat(prompt(book)).isEqualByComparingTo("0.000001");
        assertThat(prompt(open())).isEqualByComparingTo("0.000001");
    }

    @Test
    void linesWithConditionsSayWhatChangesForLongPromptsAndAtSomeHours() {
        var book = open();
        book.importCsv("""
                endpoint,prompt,completion,input_cache_read,min_prompt_tokens,utc_start,utc_end
                groq:m/one,2,10,0.2,,,
                groq:m/one,4,,,200000,,
                groq:m/one,1,5,,,22:00,06:30
                """);

        var price = book.priced(GROQ).price().orElseThrow();

        assertThat(price.forPromptOf(200_000).prompt()).isEqualByComparingTo("2");
        assertThat(price.forPromptOf(200_001).prompt()).isEqualByComparingTo("4");
        assertThat(price.at(at("21:59")).completion()).isEqualByComparingTo("10");
        assertThat(price.at(at("22:00")).completion()).isEqualByComparingTo("5");
        assertThat(price.at(at("06:29")).completion()).isEqualByComparingTo("5");
        assertThat(price.at(at("06:30")).completion()).isEqualByComparingTo("10");
        assertThat(price.of(Unit.CACHE_READ)).contains(new BigDecimal("0.2"));
        assertThat(open().priced(GROQ).price()).as("after a restart").contains(price);
    }

    @Test
    void aLineMayHaveBothConditions() {
        var book = open();
        book.importCsv("""
                endpoint,prompt,completion,min_prompt_tokens,utc_start,utc_end
                groq:m/one,2,10,,,
                groq:m/one,4,20,200000,,
                groq:m/one,1,5,,22:00,06:00
                groq:m/one,3,,200000,22:00,06:00
                """);

        var price = open().priced(GROQ).price().orElseThrow();

        assertThat(price).isEqualTo(book.priced(GROQ).price().orElseThrow());
        assertThat(prompt(price, "12:00", 200_000)).isEqualByComparingTo("2");
        assertThat(prompt(price, "12:00", 200_001)).isEqualByComparingTo("4");
        assertThat(prompt(price, "23:00", 200_000)).isEqualByComparingTo("1");
        assertThat(prompt(price, "23:00", 200_001)).isEqualByComparingTo("3");
        assertThat(price.at(at("23:00")).forPromptOf(200_001).completion()).isEqualByComparingTo("20");
        assertThat(book.describe(book.imported().get(0)).price())
                .contains("(22:00 to 06:00: prompt 1000000", "(22:00 to 06:00 above 200000: prompt 3000000)");
    }

    @Test
    void readsWhatSpreadsheetsWrite() {
        var book = open();

        book.importCsv(
                "\uFEFFendpoint,prompt_per_million,completion_per_million\r\n\"groq:m/one\",0.50,1.250000000000\r\n\r\n");

        assertThat(prompt(book)).isEqualByComparingTo("0.0000005");
    }

    @Test
    void theFinestAmountsOutliveARestart() {
        open().importCsv("endpoint,prompt_per_million,completion\ngroq:m/one,0.000000001,0.000000000000001\n");

        assertThat(prompt(open())).isEqualByComparingTo("0.000000000000001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "endpoint,prompt,completion|groq:m/one,x,1; Line 2: 'prompt' is no amount",
                "endpoint,prompt,completion|groq:m/one,-1,1; Line 2: 'prompt' is no amount",
                "endpoint,prompt,completion|groq:m/one,1,1|groq:m/one,1,; Line 3: 'endpoint' has a price",
                "endpoint,prompt|groq:m/one,1; Line 2: 'completion' is missing",
                "endpoint,prompt,completion|m/one,1,1; Line 2: 'endpoint' is no endpoint",
                "provider,prompt,completion|groq,1,1; Line 2: 'model' is no endpoint",
                "endpoint,prompt,completion,valid_from|groq:m/one,1,1,soon; Line 2: 'valid_from' is no time",
                "endpoint,prompt,completion,valid_from|groq:m/one,1,1,+300000000-01-01; Line 2: 'valid_from' is no time",
                "endpoint,prompt,completion,colour|groq:m/one,1,1,red; no column 'colour'",
                "endpoint,prompt,completion,min_prompt_tokens|groq:m/one,1,1,5; comes before the line without",
                "endpoint,prompt,completion,utc_start,utc_end|groq:m/one,1,1,,|groq:m/one,1,1,25:00,1:00; 'utc_start' is no",
                "endpoint,prompt,completion,min_prompt_tokens|groq:m/one,1,1,|groq:m/one,2,2,0; 'min_prompt_tokens' is no",
                "endpoint,prompt,prompt_per_million,completion|groq:m/one,1,1,1; 'prompt_per_million' says again what 'prompt'",
                "endpoint,prompt_per_million,completion|groq:m/one,0.0000000001,1; with 9 decimals at the most",
                "endpoint,provider,prompt,completion|groq:m/one,xai,1,1; 'endpoint' can't stand beside 'provider'",
                "endpoint,prompt,completion,utc_start,utc_end|groq:m/one,1,1,,|groq:m/one,1,1,,6:00; 'utc_start' is no",
                "endpoint,prompt,completion; no prices in it",
                "endpoint,prompt,completion|groq:m/one,1,1,1; longer than the first one"
            })
    void refusesAWholeTableForOneMistakeAndSaysWhere(String table, String said) {
        var book = open();
        var text = "endpoint,prompt,completion\ngroq:m/good,1,1\n";
        book.importCsv(text);

        assertThatThrownBy(() -> book.importCsv(table.replace('|', '\n') + '\n'))
                .isInstanceOfSatisfying(FailureException.class, refused -> {
                    assertThat(refused.failure().message()).contains(said);
                    assertThat(refused.failure().field()).contains("csv");
                });
        assertThat(book.imported()).extracting(Imported::endpoint).containsExactly("groq:m/good");
    }

    @Test
    void historyHasALineForEachChange() {
        var book = open();
        book.note(List.of(GROQ), endpoint -> Source.FILE);
        book.note(List.of(GROQ), endpoint -> Source.FILE);
        now = now.plusSeconds(60);
        book.importCsv("endpoint,prompt_per_million,completion_per_million\ngroq:m/one,3,4\n");
        book.note(List.of(book.priced(GROQ)), endpoint -> Source.FILE);

        var history = open().history("groq:m/one");

        assertThat(history)
                .extracting(Version::price)
                .containsExactly("prompt 3, completion 4", "prompt 1, completion 2");
        assertThat(history).extracting(Version::source).containsExactly(Source.IMPORT, Source.FILE);
        assertThat(history.get(0).since()).isEqualTo(now);
        assertThat(history.get(1).version())
                .isEqualTo(GROQ.price().orElseThrow().version());
    }

    @Test
    void historyGoesOnAfterACrashInTheMiddleOfALine() throws IOException {
        open().note(List.of(GROQ), endpoint -> Source.FILE);
        var file = folder.resolve("history.csv");
        Files.writeString(
                file, Files.readString(file) + "2026-11-27T12:00:00Z,groq:m/one,0badcafe,file,\"prompt 7, comp");
        var cheaper = GROQ.toBuilder().price(Price.FREE).build();

        open().note(List.of(cheaper), endpoint -> Source.CATALOGUE);

        assertThat(open().history("groq:m/one"))
                .extracting(Version::price)
                .containsExactly("prompt 0, completion 0", "prompt 1, completion 2");
    }

    @Test
    void historySaysWhoSaidSo() throws IOException {
        var fixture = new CatalogFixture();
        Files.writeString(folder.resolve("acme.json"), """
                {"provider":"acme","models":[{"id":"m/listed","price":{"prompt":"1","completion":"2"}},
                {"id":"m/filed","price":{"prompt":"1","completion":"2"}},{"id":"m/unknown"}]}""");
        fixture.catalog.watch(folder);
        fixture.write(
                "acme",
                "base-url=http://127.0.0.1:1/v1;credential-required=false;unknown-price=free;price.m/filed=3,4");
        fixture.catalog.bindSource(CatalogFixture.source("box", "openai", "m/brought"));

        assertThat(List.of("acme:m/listed", "acme:m/filed", "acme:m/unknown", "box:m/brought"))
                .extracting(id -> fixture.book.history(id).get(0).source())
                .containsExactly(Source.CATALOGUE, Source.FILE, Source.POLICY, Source.BUNDLE);
        fixture.book.importCsv("endpoint,prompt,completion\nacme:m/listed,1,1\n");
        fixture.book.withdraw("acme:m/listed");
        assertThat(fixture.book.history("acme:m/listed"))
                .extracting(Version::source)
                .containsExactly(Source.CATALOGUE, Source.IMPORT, Source.CATALOGUE);
    }

    @Test
    void aTableThatCannotBeReadIsNoEmptyOne() throws IOException {
        Files.writeString(folder.resolve("imported.csv"), "endpoint,prompt\nx");

        assertThatThrownBy(this::open).hasMessageContaining("can't be read");
    }

    @Test
    void aPriceThatBeginsToStandReachesRequestsByItself() {
        var fixture = new CatalogFixture();
        fixture.writeOpen("groq", "m/one");
        fixture.book.importCsv("endpoint,prompt,completion,valid_from\ngroq:m/one,1,1,2026-11-27T13:00:00Z\n");

        assertThat(fixture.catalog.endpoints().get(0).price()).contains(Price.FREE);
        fixture.timer.advance(Duration.ofMinutes(61));
        assertThat(fixture.catalog.endpoints().get(0).price().orElseThrow().prompt())
                .isEqualByComparingTo("1");
    }

    private static BigDecimal prompt(PriceBook book) {
        return book.priced(GROQ).price().orElseThrow().prompt();
    }

    private static BigDecimal prompt(Price price, String time, long tokens) {
        return price.at(at(time)).forPromptOf(tokens).prompt();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-27T" + time + ":30Z");
    }
}
