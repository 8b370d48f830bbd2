package io.patchbay.generations;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.billing.Charge;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Activity;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Route;
import io.patchbay.database.DatabaseSettings;
import io.patchbay.database.DatabasesService;
import io.patchbay.database.kit.DatabasePlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is remembered of generations, on each kind of database. */
class GenerationsServiceTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-27");
    private static final int MORE_THAN_A_PAGE = 2_001;
    private static final Endpoint GROQ = endpoint("groq");
    private static final Endpoint XAI = endpoint("xai");

    @TempDir
    Path folder;

    private DatabasePlace place;
    private DatabasesService databases;
    private GenerationsService generations;

    private void open(DatabaseKind kind) {
        open(kind, NOON, Duration.ZERO);
    }

    private void open(DatabaseKind kind, Instant now, Duration kept) {
        if (place == null) {
            place = DatabasePlace.fresh(kind, folder);
        }
        databases = new DatabasesService(DatabaseSettings.of(place.folder(), place.url(), place.user()));
        generations = new GenerationsService(databases, () -> now, kept);
    }

    private List<String> kept() {
        var ids = new ArrayList<String>();
        generations.each(NOON.minusSeconds(1), NOON.plus(Duration.ofDays(9)), one -> ids.add(one.id()));
        return ids;
    }

    private void close() {
        generations.deactivate();
        databases.close();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void isFoundAtOnceAndAfterARestart(DatabaseKind kind) {
        open(kind);
        generations.keep(record("gen-1").build());

        var atOnce = generations.find("gen-1").orElseThrow();
        close();
        open(kind);
        var later = generations.find("gen-1").orElseThrow();
        close();

        assertThat(atOnce.account()).isEqualTo("acme");
        assertThat(atOnce.key()).isEqualTo("key-1");
        assertThat(later.json().toTree()).isEqualTo(atOnce.json().toTree());
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void isForgottenAfterItsTimeButNotWhatWasUsed(DatabaseKind kind) {
        open(kind);
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            generations.keep(record("gen-old-" + i).build());
        }
        generations.keep(GenerationRecord.builder("gen-new", NOON.plus(Duration.ofDays(2)))
                .account("acme")
                .build());
        close();
        open(kind);
        var used = generations.activity(TODAY, TODAY);
        assertThat(kept()).hasSize(MORE_THAN_A_PAGE + 1);
        close();

        open(kind, NOON.plus(Duration.ofDays(3)), Duration.ofDays(2));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (kept().size() > 1 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        assertThat(kept()).containsExactly("gen-new");
        assertThat(generations.activity(TODAY, TODAY)).isEqualTo(used).isNotEmpty();
        close();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void saysWhatOpenRouterSays(DatabaseKind kind) {
        open(kind);
        var failure = Failure.builder(FailureKind.OVERLOADED, "Busy.")
                .providerStatus(529)
                .build();
        generations.keep(record("gen-1")
                .attempts(List.of(
                        Attempt.failed(XAI, Duration.ofMillis(30), failure),
                        Attempt.success(GROQ, Duration.ofMillis(200)).dropping(List.of("seed"))))
                .build());

        var json = generations.find("gen-1").orElseThrow().json();
        close();

        assertThat(json.toTree()).isEqualTo(JsonView.parse("""
                                {"id":"gen-1","created_at":"2026-11-27T12:00:00Z","model":"m/one",
                                "provider_name":"groq","api_type":"completions","streamed":true,"cancelled":false,
                                "is_byok":false,"finish_reason":"stop","latency":80,"generation_time":230,
                                "tokens_prompt":10,"tokens_completion":5,"native_tokens_prompt":10,
                                "native_tokens_completion":5,"native_tokens_reasoning":0,"native_tokens_cached":0,
                                "usage":0.0000011,"total_cost":0.0000011,"upstream_inference_cost":0.000001,
                                "margin":0.0000001,"provider_responses":[
                                {"endpoint_id":"xai:m/one","provider_name":"xai","model_permaslug":"m/one",
                                "latency":30,"is_byok":false,"status":529,"failure":"overloaded"},
                                {"endpoint_id":"groq:m/one","provider_name":"groq","model_permaslug":"m/one",
                                "latency":200,"is_byok":false,"status":200,"dropped_parameters":["seed"]}],
                                "route":{"strategy":"price","candidates":[
                                {"endpoint_id":"xai:m/one","score":2.0,"reason":"cheap"}],"dropped":[
                                {"endpoint_id":"groq:m/one","excluded_by":"max_price","reason":"too dear"}]}}
                                """).toTree());
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anAttemptThatFailedGivesWayToTheNextOfItsName(DatabaseKind kind) {
        open(kind);
        generations.keep(GenerationRecord.builder("gen-1", NOON)
                .requestedModel("m/none")
                .failure(Failure.of(FailureKind.UNREACHABLE, "Gone."))
                .build());
        close();
        open(kind);
        generations.keep(record("gen-1").build());
        close();
        open(kind);
        generations.keep(record("gen-1").finishReason("length").build());
        close();
        open(kind);

        var kept = generations.find("gen-1").orElseThrow();
        var activity = generations.activity(TODAY, TODAY);
        close();

        assertThat(kept.account()).isEqualTo("acme");
        assertThat(kept.json().string("finish_reason")).contains("stop");
        assertThat(activity).singleElement().extracting(Activity::requests).isEqualTo(1L);
    }

    /** Else what accounts are told that they have used is less than what they have paid. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void countsWhatIsChargedOfAnswersThatEndEarly(DatabaseKind kind) {
        open(kind);
        generations.keep(record("gen-1").cancelled(true).build());
        generations.keep(record("gen-2")
                .failure(Failure.of(FailureKind.PAYMENT_REQUIRED, "Used up."))
                .build());
        generations.keep(GenerationRecord.builder("gen-3", NOON)
                .attempts(List.of(Attempt.success(GROQ, Duration.ofMillis(200))))
                .usage(Usage.estimated(10, 0))
                .failure(Failure.of(FailureKind.FORBIDDEN, "Blocked."))
                .build());
        close();
        open(kind);

        var activity = generations.activity(TODAY, TODAY);
        close();

        assertThat(activity).singleElement().satisfies(sum -> {
            assertThat(sum.requests()).isEqualTo(2);
            assertThat(sum.charged()).isEqualTo(new Money(2_200));
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void handsOverAStretchOfTimeTheOldestFirst(DatabaseKind kind) {
        open(kind);
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            generations.keep(at(NOON.plusSeconds(i / 2), "gen-" + i));
        }
        generations.keep(at(NOON.minusMillis(1), "gen-before"));
        close();
        open(kind);

        var all = new ArrayList<String>();
        generations.each(NOON, NOON.plusSeconds(MORE_THAN_A_PAGE), one -> all.add(one.id()));
        var some = new ArrayList<String>();
        generations.each(NOON, NOON.plusSeconds(2), one -> some.add(one.id()));
        close();

        assertThat(all).hasSize(MORE_THAN_A_PAGE).doesNotHaveDuplicates().startsWith("gen-0", "gen-1", "gen-2");
        assertThat(some).containsExactly("gen-0", "gen-1", "gen-2", "gen-3");
    }

    private static GenerationRecord at(Instant created, String id) {
        return GenerationRecord.builder(id, created).requestedModel("m/one").build();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void saysWhatWentWrong(DatabaseKind kind) {
        open(kind);
        generations.keep(GenerationRecord.builder("gen-1", NOON)
                .requestedModel("m/none")
                .failure(Failure.of(FailureKind.MODEL_NOT_FOUND, "Nobody serves it."))
                .build());

        var json = generations.find("gen-1").orElseThrow().json();
        close();

        assertThat(json.string("model")).contains("m/none");
        assertThat(json.string("error_type")).contains("model_not_found");
        assertThat(json.string("provider_name")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void sumsUpWhatWasUsedByDayAndEndpoint(DatabaseKind kind) {
        open(kind);
        generations.keep(record("gen-1").build());
        generations.keep(record("gen-2").build());
        generations.keep(record("gen-2").build());
        generations.keep(record("gen-3")
                .attempts(List.of(Attempt.success(XAI, Duration.ZERO)))
                .build());
        close();
        open(kind);
        generations.keep(record("gen-1").build());
        close();
        open(kind);

        var activity = generations.activity(TODAY, TODAY);

        assertThat(activity)
                .containsExactlyInAnyOrder(
                        new Activity(
                                TODAY,
                                "acme",
                                "key-1",
                                "m/one",
                                "groq",
                                "groq:m/one",
                                2,
                                20,
                                10,
                                0,
                                new Money(2_200),
                                new Money(2_000),
                                Money.ZERO),
                        new Activity(
                                TODAY,
                                "acme",
                                "key-1",
                                "m/one",
                                "xai",
                                "xai:m/one",
                                1,
                                10,
                                5,
                                0,
                                new Money(1_100),
                                new Money(1_000),
                                Money.ZERO));
        assertThat(generations.activity(TODAY.plusDays(1), TODAY.plusDays(9))).isEmpty();
        close();
    }

    private static GenerationRecord.Builder record(String id) {
        return GenerationRecord.builder(id, NOON)
                .requestedModel("m/one")
                .streamed(true)
                .account("acme")
                .key("key-1")
                .route(new Route(
                        "price",
                        List.of(new Candidate(XAI, 2, "cheap")),
                        List.of(new Exclusion(GROQ, Exclusion.Rule.MAX_PRICE, "too dear"))))
                .attempts(List.of(Attempt.success(GROQ, Duration.ofMillis(200))))
                .usage(Usage.estimated(10, 5))
                .charge(new Charge(new Money(1_100), new Money(1_000), new Money(100)))
                .finishReason("stop")
                .timeToFirstToken(Duration.ofMillis(80))
                .total(Duration.ofMillis(230));
    }

    private static Endpoint endpoint(String provider) {
        return Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder(provider, "openai").build())
                .build();
    }
}
