package io.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.api.billing.Reconciliation.Comparison;
import io.patchbay.api.billing.Reconciliation.Figures;
import io.patchbay.api.billing.Reconciliation.Line;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationServiceTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");
    private static final LocalDate TUESDAY = LocalDate.parse("2026-11-24");

    @TempDir
    Path folder;

    private Books books;
    private ReconciliationService reconciliation;

    private void open(DatabaseKind kind) {
        books = new Books(folder, kind);
        reconciliation = new ReconciliationService(books.ledger(), new Shelf());
    }

    @AfterEach
    void close() {
        books.close();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void comparesByDayAndModel(DatabaseKind kind) {
        open(kind);
        cost("gen-1", "2026-11-23T00:00:00Z", "openai", "openai/gpt-4o", "0.000000125");
        cost("gen-2", "2026-11-23T23:59:59.999Z", "openai", "openai/gpt-4o", "1");
        cost("gen-3", "2026-11-24T00:00:00Z", "openai", "openai/gpt-4o", "2");
        cost("gen-4", "2026-11-24T12:00:00Z", "openai", "openai/o4-mini", "4");
        cost("gen-5", "2026-11-25T00:00:00Z", "openai", "openai/gpt-4o", "8");
        cost("gen-6", "2026-11-22T23:59:59.999Z", "openai", "openai/gpt-4o", "16");
        cost("gen-7", "2026-11-23T12:00:00Z", "xai", "openai/gpt-4o", "32");

        var comparison = compare("""
                date,model,cost
                2026-11-23,openai/gpt-4o,1
                2026-11-24,gpt-4o,1.5
                2026-11-24,gpt-4o,0.500000000000000001
                """);

        assertThat(comparison.first()).isEqualTo(MONDAY);
        assertThat(comparison.last()).isEqualTo(TUESDAY);
        assertThat(comparison.lines())
                .containsExactly(
                        line(MONDAY, "openai/gpt-4o", "1", "1.000000125", 2),
                        line(TUESDAY, "openai/gpt-4o", "2.000000000000000001", "2", 1),
                        line(TUESDAY, "openai/o4-mini", "0", "4", 1));
        assertThat(comparison.lines())
                .extracting(Line::difference)
                .containsExactly(
                        new BigDecimal("-0.000000125"), new BigDecimal("0.000000000000000001"), new BigDecimal("-4"));
        assertThat(comparison.total().booked().dollars()).isEqualByComparingTo("7.000000125");
    }

    @Test
    void findsEveryTransferHoweverManyPagesTheyFill() {
        open(DatabaseKind.SQLITE);
        var posted = IntStream.range(0, 2_500)
                .mapToObj(i -> post("gen-" + i, "2026-11-23T12:00:00Z", "openai", "openai/gpt-4o", "0.001"))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(posted).join();

        var total = compare("date,model,cost\n2026-11-23,gpt-4o,2.5\n").total();

        assertThat(total.booked().dollars()).isEqualByComparingTo("2.5");
        assertThat(total.booked().promptTokens()).isEqualTo(25_000);
    }

    @Test
    void countsWhatFailedAttemptsCostAndWhatWasPutRight() {
        open(DatabaseKind.SQLITE);
        cost("gen-1", "2026-11-23T12:00:00Z", "openai", "openai/gpt-4o", "1");
        post(transfer("gen-2#1", "2026-11-23T12:00:00Z", Transfer.Kind.LOSS, "openai", "2")
                        .details("{\"model\":\"openai/gpt-4o\"}"))
                .join();
        post(transfer("fix", "2026-11-23T12:00:00Z", Transfer.Kind.ADJUSTMENT, "openai", "-0.5"))
                .join();

        var lines = compare("date,model,cost\n2026-11-23,gpt-4o,3\n").lines();

        assertThat(lines)
                .extracting(Line::model, line -> line.booked().dollars())
                .containsExactly(tuple("", new BigDecimal("-0.5")), tuple("openai/gpt-4o", new BigDecimal("3")));
    }

    @Test
    void readsOpenAisCosts() {
        open(DatabaseKind.SQLITE);
        cost("gen-1", "2026-11-23T12:00:00Z", "openai", "openai/gpt-4o", "0.9");
        cost("gen-2", "2026-11-23T13:00:00Z", "openai", "openai/gpt-4o-2024-08-06", "0.1");

        var lines = compare("""
                start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
                1795392000,1795478400,2026-11-23T00:00:00+00:00,2026-11-24T00:00:00+00:00,0.8958740000000000,usd,"gpt-4o-2024-08-06, input",proj
                1795392000,1795478400,2026-11-23T00:00:00+00:00,2026-11-24T00:00:00+00:00,0.1041260000000000,usd,"gpt-4o-2024-08-06, output",proj
                1795392000,1795478400,2026-11-23T00:00:00+00:00,2026-11-24T00:00:00+00:00,0.03,usd,web search tool calls,proj
                1795478400,1795564800,2026-11-24T00:00:00+00:00,2026-11-25T00:00:00+00:00,,,,
                """).lines();

        assertThat(lines)
                .extracting(Line::model)
                .containsExactly("openai/gpt-4o, openai/gpt-4o-2024-08-06", "web search tool calls");
        assertThat(lines.get(0).difference()).isEqualByComparingTo("0");
        assertThat(lines.get(1).difference()).isEqualByComparingTo("0.03");
    }

    @Test
    void readsAnthropicsCosts() {
        open(DatabaseKind.SQLITE);
        cost("gen-1", "2026-11-23T12:00:00Z", "anthropic", "anthropic/claude-haiku-4.5", "0.07");
        cost("gen-2", "2026-11-23T12:00:00Z", "anthropic", "anthropic/claude-3.5-haiku", "0.3");

        var lines = reconciliation.compare("anthropic", """
                usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type
                2026-11-23,Claude Haiku 4.5,Default,key,message,≤ 200k,input_no_cache,0.05,0.05,token
                2026-11-23,Claude Haiku 4.5,Default,key,message,≤ 200k,output,0.02,0.02,token
                2026-11-23,Claude Haiku 3.5,Default,key,message,≤ 200k,output,0.25,0.25,token
                """, Map.of()).lines();

        assertThat(lines)
                .extracting(Line::model, Line::difference)
                .containsExactly(
                        tuple("anthropic/claude-3.5-haiku", new BigDecimal("-0.05")),
                        tuple("anthropic/claude-haiku-4.5", new BigDecimal("0.00")));
    }

    @Test
    void readsTokensOfOpenAiAndAnthropic() {
        open(DatabaseKind.SQLITE);
        cost("gen-1", "2026-11-23T12:00:00Z", "openai", "openai/gpt-4o", "1");
        cost("gen-2", "2026-11-23T12:00:00Z", "anthropic", "anthropic/claude-haiku-4.5", "1");

        var openai = compare("""
                start_time,start_time_iso,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens
                1795392000,2026-11-23T00:00:00+00:00,1,gpt-4o-2024-08-06,10,6,4
                """);
        var anthropic = reconciliation.compare("anthropic", """
                usage_date_utc,model_version,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens
                2026-11-23,claude-haiku-4-5-20251001,1,2,3,4,5
                """, Map.of());

        assertThat(openai.tellsCost()).isFalse();
        assertThat(openai.lines()).singleElement().satisfies(line -> {
            assertThat(line.billed()).isEqualTo(new Figures(BigDecimal.ZERO, 10, 6));
            assertThat(line.booked().completionTokens()).isEqualTo(5);
            assertThat(line.hasSameTokens()).isFalse();
        });
        assertThat(anthropic.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.hasSameTokens()).isTrue());
    }

    @Test
    void comparesByDayIfTheExportNamesNoModels() {
        open(DatabaseKind.SQLITE);
        cost("gen-1", "2026-11-23T12:00:00Z", "openai", "openai/gpt-4o", "1");
        cost("gen-2", "2026-11-23T12:00:00Z", "openai", "openai/o4-mini", "2");

        assertThat(compare("date,cost\n2026-11-23,3\n").lines()).containsExactly(line(MONDAY, "", "3", "3", 2));
    }

    @Test
    void takesOtherNamesForColumns() {
        open(DatabaseKind.SQLITE);

        var lines = reconciliation
                .compare(
                        "openai",
                        "\uFEFFUsage Day, Total (USD) \n2026-11-23 10:30:00,$1.5\n1795392000,1e-3\n2026-11-24T01:00:00+02:00,\n",
                        Map.of("date", "usage day", "cost", "Total (USD)"))
                .lines();

        assertThat(lines)
                .extracting(Line::day, line -> line.billed().dollars())
                .containsExactly(tuple(MONDAY, new BigDecimal("1.501")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "date,model,cost|2026-11-23,gpt-4o,much; Line 2: 'cost' is no amount",
                "date,model,cost|2026-11-23,gpt-4o,1|soon,gpt-4o,1; Line 3: 'date' is no day",
                "usage_date_utc,model,cost_usd|,gpt-4o,1; Line 2: 'usage_date_utc' is no day",
                "date,cost|+300000000-01-01T00:00:00Z,1; Line 2: 'date' is no day from 1970 to 9999",
                "date,cost,currency|2026-11-23,1,EUR; Line 2: 'currency' is not USD",
                "date,prompt_tokens,completion_tokens|2026-11-23,1,-1; Line 2: 'completion_tokens' is no number of tokens",
                "day,total|2026-11-23,1; no column 'cost', nor 'completion_tokens', in it: it has day, total",
                "when,cost|2026-11-23,1; no column 'date' in it: it has when, cost",
                "date,cost; no usage in it"
            })
    void saysWhereAnExportIsWrong(String export, String said) {
        open(DatabaseKind.SQLITE);

        assertThatThrownBy(() -> compare(export.replace('|', '\n') + '\n'))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().message()).contains(said));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "OpenAI"})
    void saysThatThereIsNoSuchProvider(String provider) {
        open(DatabaseKind.SQLITE);

        assertThatThrownBy(() -> reconciliation.compare(provider, "date,cost\n2026-11-23,1\n", Map.of()))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().field()).contains("provider"));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, gpt-4o, true",
        "Claude Haiku 3.5, claude-3-5-haiku-20241022, true",
        "anthropic.claude-3-5-sonnet-20240620-v1:0, anthropic.claude-3-5-sonnet-v1:0, true",
        "gpt-5.4, gpt-4.5, false",
        "gpt-4o, gpt-4o-mini, false",
        "llama-3.1-8b, llama-3.1-70b, false"
    })
    void knowsAModelByItsNames(String one, String other, boolean same) {
        open(DatabaseKind.SQLITE);
        var names = new ModelNames(List.of());

        assertThat(names.key(one).equals(names.key(other))).isEqualTo(same);
    }

    private Comparison compare(String export) {
        return reconciliation.compare("openai", export, Map.of());
    }

    private void cost(String id, String time, String provider, String model, String dollars) {
        post(id, time, provider, model, dollars).join();
    }

    private CompletableFuture<Transfer> post(String id, String time, String provider, String model, String dollars) {
        return post(transfer(id, time, Transfer.Kind.CHARGE, provider, dollars)
                .details("{\"model\":\"" + model + "\",\"prompt_tokens\":10,\"completion_tokens\":5}"));
    }

    private CompletableFuture<Transfer> post(Transfer.Builder transfer) {
        return books.ledger().post(transfer.build()).toCompletableFuture();
    }

    private static Transfer.Builder transfer(
            String id, String time, Transfer.Kind kind, String provider, String dollars) {
        var cost = Money.ofDollars(new BigDecimal(dollars));
        return Transfer.builder(id, kind, Instant.parse(time))
                .entry(LedgerAccount.cost(provider), cost)
                .entry(LedgerAccount.WRITE_OFF, cost.negated());
    }

    private static Line line(LocalDate day, String model, String billed, String booked, int generations) {
        return new Line(
                day,
                model,
                new Figures(new BigDecimal(billed), 0, 0),
                new Figures(new BigDecimal(booked), 10L * generations, 5L * generations));
    }

    /** Models as OpenAI and Anthropic name them. */
    private static final class Shelf implements Catalog {
        private static final Provider OPENAI =
                Provider.builder("openai", "openai").build();
        private static final Provider ANTHROPIC =
                Provider.builder("anthropic", "anthropic").build();

        @Override
        public List<Endpoint> endpoints(ModelId model) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Endpoint> endpoints(ModelId model, String account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Endpoint> endpoints() {
            return List.of(
                    endpoint(OPENAI, "openai/gpt-4o", "gpt-4o", "OpenAI: GPT-4o"),
                    endpoint(OPENAI, "openai/gpt-4o-2024-08-06", "gpt-4o-2024-08-06", "OpenAI: GPT-4o (2024-08-06)"),
                    endpoint(OPENAI, "openai/o4-mini", "o4-mini", "OpenAI: o4 Mini"),
                    endpoint(
                            ANTHROPIC,
                            "anthropic/claude-haiku-4.5",
                            "claude-haiku-4-5-20251001",
                            "Anthropic: Claude Haiku 4.5"),
                    endpoint(
                            ANTHROPIC,
                            "anthropic/claude-3.5-haiku",
                            "claude-3-5-haiku-20241022",
                            "Anthropic: Claude 3.5 Haiku"));
        }

        private static Endpoint endpoint(Provider provider, String model, String upstream, String name) {
            return Endpoint.builder(ModelId.parse(model), provider)
                    .upstreamModel(upstream)
                    .modelDisplayName(name)
                    .build();
        }

        @Override
        public List<ProviderStatus> providers() {
            return List.of(
                    new ProviderStatus(OPENAI, 3, ProviderStatus.State.READY, ""),
                    new ProviderStatus(ANTHROPIC, 2, ProviderStatus.State.READY, ""));
        }
    }
}
