package io.patchbay.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.access.Rules;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.routing.RoutingStrategy;
import io.patchbay.testkit.QuietHealth;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RoutePlannerTest {
    private static final List<Endpoint> THREE =
            List.of(endpoint("a", "m/one"), endpoint("b", "m/one"), endpoint("c", "m/one"));

    private final Map<String, EndpointHealth> states = new HashMap<>();
    private final AtomicBoolean uninstalled = new AtomicBoolean();
    private final Map<String, Set<String>> refused = new HashMap<>();
    private final Map<String, Window> windows = new HashMap<>();
    private final RoutePlanner router = router(EjectionLimits.DEFAULT);

    private RoutePlanner router(EjectionLimits limits) {
        var planner = new RoutePlanner(new KnownHealth(), limits, "by-name", () -> new Random(1));
        planner.installed()
                .add(
                        "by-name",
                        (endpoints, context) -> endpoints.stream()
                                .sorted(Comparator.comparing(Endpoint::id))
                                .map(endpoint -> new Candidate(endpoint, 1, "by name"))
                                .toList(),
                        uninstalled::get);
        return planner;
    }

    @Test
    void ordersEachModelByTheStrategyAndModelsAsTheClientNamedThem() {
        var route = router.plan(request(
                "{}",
                List.of(List.of(endpoint("z", "m/one"), endpoint("y", "m/one")), List.of(endpoint("a", "m/two")))));

        assertThat(ids(route)).containsExactly("y:m/one", "z:m/one", "a:m/two");
        assertThat(route.strategy()).isEqualTo("by-name");
    }

    @Test
    void ejectedEndpointsComeLastButAreNotGivenUp() {
        eject("a:m/one", 30);
        assertThat(ids(plan("{}", List.of(endpoint("a", "m/one"), endpoint("b", "m/one")))))
                .containsExactly("b:m/one", "a:m/one");

        eject("b:m/one", 30);
        assertThat(ids(plan("{}", List.of(endpoint("a", "m/one"), endpoint("b", "m/one")))))
                .hasSize(2);
    }

    @Test
    void ofTheEjectedOnesThoseThatReturnFirstComeFirst() {
        eject("a:m/one", 30);
        eject("b:m/one", 10);
        eject("c:m/one", 20);

        assertThat(ids(plan("{}", THREE))).containsExactly("b:m/one", "c:m/one", "a:m/one");
    }

    @Test
    void noMoreAreEjectedThanTheOperatorAllows() {
        var cautious = router(new EjectionLimits(50, 0));
        eject("b:m/one", 10);
        assertThat(ids(cautious.plan(request("{}", List.of(THREE))))).containsExactly("a:m/one", "c:m/one", "b:m/one");

        eject("a:m/one", 5);
        assertThat(ids(cautious.plan(request("{}", List.of(THREE))))).containsExactly("a:m/one", "c:m/one", "b:m/one");
    }

    @Test
    void inAPanicNobodyIsPassedOver() {
        var anxious = router(new EjectionLimits(100, 60));
        eject("a:m/one", 10);
        assertThat(ids(anxious.plan(request("{}", List.of(THREE))))).last().isEqualTo("a:m/one");

        eject("b:m/one", 20);
        assertThat(ids(anxious.plan(request("{}", List.of(THREE))))).containsExactly("a:m/one", "b:m/one", "c:m/one");
    }

    @Test
    void whoseProviderAskedToWaitIsNotAsked() {
        state("a:m/one", Condition.PARKED, 30, OptionalInt.empty());

        var route = plan("{}", THREE);

        assertThat(ids(route)).containsExactly("b:m/one", "c:m/one");
        assertThat(route.dropped()).extracting(Exclusion::rule).containsExactly(Exclusion.Rule.RATE_LIMITED);
    }

    @Test
    void whoHasAsMuchToDoAsItTakesComesAfterTheOthers() {
        state("a:m/one", Condition.WELL, 0, OptionalInt.of(4));
        var asked = asking(THREE);

        assertThat(ids(router.plan(asked.load(id -> 3).build()))).first().isEqualTo("a:m/one");
        var route = router.plan(asked.load(id -> 4).build());
        assertThat(ids(route)).containsExactly("b:m/one", "c:m/one", "a:m/one");
        assertThat(route.candidates().get(2).reason()).isEqualTo("has as much to do as it takes: 4 requests");
    }

    @Test
    void whoIsOnProbationGetsOneRequestAtATime() {
        state("a:m/one", Condition.ON_PROBATION, 0, OptionalInt.empty());
        var asked = asking(THREE);

        assertThat(ids(router.plan(asked.load(id -> 0).build()))).first().isEqualTo("a:m/one");
        assertThat(ids(router.plan(asked.load(id -> 1).build()))).last().isEqualTo("a:m/one");
    }

    @Test
    void aRequestTriesOutNoMoreThanOneBeforeThoseThatAreWell() {
        state("a:m/one", Condition.ON_PROBATION, 0, OptionalInt.empty());
        state("b:m/one", Condition.ON_PROBATION, 0, OptionalInt.empty());

        assertThat(ids(plan("{}", THREE))).containsExactly("a:m/one", "c:m/one", "b:m/one");
    }

    @Test
    void whoHasRefusedWhatTheRequestAsksForComesAfterTheOthers() {
        refused.put("a:m/one", Set.of("prefill"));
        var prefilled = ChatRequest.of(JsonView.parse("""
                {"model":"m/one","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"{"}]}"""));

        var route = router.plan(
                RoutingRequest.builder(prefilled, List.of(Choice.of(THREE))).build());
        assertThat(ids(route)).last().isEqualTo("a:m/one");
        assertThat(route.candidates().get(2).reason()).isEqualTo("has refused prefill of late");
        assertThat(ids(plan("{}", THREE))).first().isEqualTo("a:m/one");
    }

    @Test
    void followsTheClientsOrder() {
        var endpoints = List.of(endpoint("a", "m/one"), endpoint("b", "m/one"), endpoint("c", "m/one"));

        assertThat(ids(plan("{\"order\":[\"C\",\"b\",\"c\"]}", endpoints)))
                .containsExactly("c:m/one", "b:m/one", "a:m/one");
        assertThat(ids(plan("{\"order\":[\"c\",\"b\"],\"allow_fallbacks\":false}", endpoints)))
                .containsExactly("c:m/one", "b:m/one");
        assertThat(ids(plan("{\"allow_fallbacks\":false}", endpoints))).containsExactly("a:m/one");
    }

    @Test
    void dropsWhatTheClientExcludesAndSaysWhy() {
        var endpoints = List.of(endpoint("a", "m/one"), endpoint("b", "m/one"), endpoint("c", "m/one"));

        var route = plan("{\"only\":[\"a\",\"b\"],\"ignore\":[\"b\"]}", endpoints);

        assertThat(ids(route)).containsExactly("a:m/one");
        assertThat(route.dropped())
                .extracting(Exclusion::reason)
                .containsExactly("in provider.ignore", "not in provider.only");
    }

    @Test
    void sendsNothingWhereThePriceIsUnknown() {
        var route = plan("{}", List.of(unpriced("a", "m/one").build(), endpoint("b", "m/one")));

        assertThat(ids(route)).containsExactly("b:m/one");
        assertThat(route.dropped()).extracting(Exclusion::reason).containsExactly("its price is unknown");
    }

    @Test
    void refusesAStrategyThatIsNotInstalledAndNamesThoseThatAre() {
        assertThatThrownBy(() -> plan("{\"sort\":\"horoscope\"}", List.of(endpoint("a", "m/one"))))
                .isInstanceOfSatisfying(FailureException.class, refused -> {
                    assertThat(refused.failure().field()).contains("provider.sort");
                    assertThat(refused.failure().message()).contains("horoscope", "by-name");
                });
    }

    @Test
    void aStrategyThatLeavesIsNotMissedByRequestsThatDidNotAskForIt() {
        var bare = new RoutePlanner(new KnownHealth(), EjectionLimits.DEFAULT, "price", () -> new Random(1));

        var route = bare.plan(request("{}", List.of(List.of(endpoint("a", "m/one")))));

        assertThat(ids(route)).containsExactly("a:m/one");
    }

    @Test
    void unknownPreferencesAreRefusedByName() {
        assertThatThrownBy(() -> plan("{\"oder\":[\"a\"]}", List.of(endpoint("a", "m/one"))))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().field()).contains("provider.oder"));
    }

    @Test
    void anApiKeyReachesWhatItMayUseAndNothingElse() {
        var endpoints = List.of(
                endpoint("groq", "m/one"),
                endpoint("xai", "m/one"),
                endpoint("groq", "m/two"),
                discreet("own", "m/one"));
        var permissions = Permissions.ALL.withModels(List.of("m/one")).withProviders(List.of("groq", "own"));

        var route = router.plan(request("{}", permissions, List.of(endpoints)));
        var discreetly = router.plan(request("{}", permissions.withDataCollection(false), List.of(endpoints)));

        assertThat(ids(route)).containsExactlyInAnyOrder("groq:m/one", "own:m/one");
        assertThat(route.dropped())
                .extracting(Exclusion::reason)
                .containsExactly("this API key may not use the provider", "this API key may not use the model");
        assertThat(ids(discreetly)).containsExactly("own:m/one");
    }

    @Test
    void promptsStayInTheRegionsOfAKeyAndOfARequest() {
        var endpoints = List.of(in("eu", "a"), in("us", "b"), endpoint("c", "m/one"));
        var european = Permissions.ALL.withRegions(List.of("EU"));

        var route = router.plan(request("{}", european, List.of(endpoints)));
        assertThat(ids(route)).containsExactly("a:m/one");
        assertThat(route.dropped()).extracting(Exclusion::rule).containsOnly(Exclusion.Rule.REGION);
        assertThat(route.dropped())
                .extracting(Exclusion::reason)
                .containsOnly("this API key may not use providers outside eu");

        assertThat(ids(plan("{\"regions\":[\"US\",\"eu\"]}", endpoints))).containsExactly("a:m/one", "b:m/one");
        assertThat(ids(router.plan(request("{\"regions\":[\"us\"]}", european, List.of(endpoints)))))
                .isEmpty();
    }

    @Test
    void promptsAreRetainedByNobodyIfTheKeySaysSo() {
        var forgetful = Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder("z", "openai").retainsPrompts(false).build())
                .price(Price.FREE)
                .build();
        var permissions = Permissions.ALL.withDataRetention(false);

        var route = router.plan(request("{}", permissions, List.of(List.of(endpoint("a", "m/one"), forgetful))));

        assertThat(ids(route)).containsExactly("z:m/one");
        assertThat(route.dropped()).extracting(Exclusion::rule).containsExactly(Exclusion.Rule.ZERO_DATA_RETENTION);
    }

    @Test
    void theStrategyOfTheKeyCountsWhereTheRequestNamesNone() {
        installBackwards();
        var asked = asking(THREE).rules(new Rules(Permissions.ALL, Optional.of("backwards")));

        var route = router.plan(asked.build());
        assertThat(ids(route)).first().isEqualTo("c:m/one");
        assertThat(route.strategy()).isEqualTo("backwards");
        var named = asked.preferences(ProviderPreferences.parse(JsonView.parse("{\"sort\":\"by-name\"}")));
        assertThat(ids(router.plan(named.build()))).first().isEqualTo("a:m/one");
        var gone = asked.preferences(ProviderPreferences.none()).rules(new Rules(Permissions.ALL, Optional.of("gone")));
        assertThat(ids(router.plan(gone.build()))).as("fails no request").hasSize(3);
    }

    @Test
    void dataStaysWithProvidersThatCollectNoneIfTheClientSaysSo() {
        var endpoints = List.of(endpoint("groq", "m/one"), discreet("own", "m/one"));

        assertThat(ids(plan("{\"data_collection\":\"deny\"}", endpoints))).containsExactly("own:m/one");
        assertThat(ids(plan("{\"data_collection\":\"allow\"}", endpoints))).hasSize(2);
        assertThatThrownBy(() -> plan("{\"data_collection\":false}", endpoints))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().field()).contains("provider.data_collection"));
    }

    @Test
    void whatTheAccountPaysItselfComesFirst() {
        var dear = endpoint("a", "m/one");
        var own = endpoint("b", "m/one");
        own = own.at(own.provider().ofAccount("acme", Secret.of("sk-own")));

        var route = plan("{}", List.of(dear, own));

        assertThat(ids(route)).containsExactly("b:m/one@acme", "a:m/one");
        assertThat(route.candidates().get(0).reason()).isEqualTo("the account's own credential");
        assertThat(ids(plan("{\"order\":[\"a\"]}", List.of(dear, own)))).containsExactly("a:m/one", "b:m/one@acme");
    }

    private static Endpoint discreet(String provider, String model) {
        return Endpoint.builder(
                        ModelId.parse(model),
                        Provider.builder(provider, "test").collectsData(false).build())
                .price(Price.FREE)
                .build();
    }

    @Test
    void whatCostsMoreThanTheClientWouldPayIsOut() {
        var cheap = unpriced("cheap", "m/one").price(perMillion("1", "2")).build();
        var dear = unpriced("dear", "m/one").price(perMillion("1", "3")).build();

        var route = plan("{\"max_price\":{\"prompt\":1,\"completion\":\"2.5\"}}", List.of(cheap, dear));

        assertThat(ids(route)).containsExactly("cheap:m/one");
        assertThat(reasons(route)).containsExactly("it costs more than provider.max_price.completion");
    }

    @Test
    void onlyTheQuantizationsThatTheClientWants() {
        var exact = unpriced("exact", "m/one")
                .price(Price.FREE)
                .quantization("bf16")
                .build();
        var coarse = unpriced("coarse", "m/one")
                .price(Price.FREE)
                .quantization("fp4")
                .build();
        var unknown = endpoint("unknown", "m/one");

        assertThat(ids(plan("{\"quantizations\":[\"bf16\"]}", List.of(exact, coarse, unknown))))
                .containsExactly("exact:m/one");
        assertThat(ids(plan("{\"quantizations\":[\"fp4\",\"unknown\"]}", List.of(exact, coarse, unknown))))
                .containsExactly("coarse:m/one", "unknown:m/one");
    }

    @Test
    void aNameMayHoldAQuantization() {
        var exact =
                unpriced("deep", "m/one").price(Price.FREE).quantization("bf16").build();
        var other = endpoint("other", "m/one");

        assertThat(ids(plan("{\"only\":[\"deep/bf16\"]}", List.of(exact, other))))
                .containsExactly("deep:m/one");
        assertThat(ids(plan("{\"ignore\":[\"deep/fp8\"]}", List.of(exact, other))))
                .hasSize(2);
        assertThat(ids(plan("{\"order\":[\"other\",\"deep/bf16\"]}", List.of(exact, other))))
                .containsExactly("other:m/one", "deep:m/one");
    }

    @Test
    void zeroDataRetentionHasToBeDeclared() {
        var forgets = Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder("forgets", "test")
                                .retainsPrompts(false)
                                .build())
                .price(Price.FREE)
                .build();

        var route = plan("{\"zdr\":true}", List.of(forgets, endpoint("keeps", "m/one")));

        assertThat(ids(route)).containsExactly("forgets:m/one");
        assertThat(reasons(route)).containsExactly("it may retain prompts, and provider.zdr is set");
    }

    @Test
    void endpointsSlowerThanTheClientWouldLikeComeAfterAllOthersEvenOfAnotherModel() {
        windows.put("a:m/one", measured(2.0, 80));
        windows.put("b:m/one", measured(0.5, 10));
        windows.put("d:m/two", measured(0.5, 80));
        var choices = List.of(
                List.of(endpoint("a", "m/one"), endpoint("b", "m/one"), endpoint("c", "m/one")),
                List.of(endpoint("d", "m/two")));

        var latency = router.plan(request("{\"preferred_max_latency\":1}", choices));
        var throughput = router.plan(request("{\"preferred_min_throughput\":{\"p90\":50}}", choices));

        assertThat(ids(latency)).containsExactly("b:m/one", "c:m/one", "d:m/two", "a:m/one");
        assertThat(latency.candidates().get(3).reason()).isEqualTo("slower than provider.preferred_max_latency");
        assertThat(ids(throughput)).containsExactly("a:m/one", "c:m/one", "d:m/two", "b:m/one");
    }

    @Test
    void theEndpointsOfAllModelsAreOrderedTogetherIfTheClientWantsThat() {
        var choices = List.of(List.of(endpoint("z", "m/one")), List.of(endpoint("a", "m/two")));

        assertThat(ids(router.plan(request("{\"sort\":{\"by\":\"by-name\",\"partition\":\"none\"}}", choices))))
                .containsExactly("a:m/two", "z:m/one");
        assertThat(ids(router.plan(request("{\"sort\":{\"by\":\"by-name\"}}", choices))))
                .containsExactly("z:m/one", "a:m/two");
    }

    @Test
    void aModelsSuffixSortsItsEndpointsUnlessTheClientSaysOtherwise() {
        installBackwards();
        var choice = new Choice(
                List.of(endpoint("a", "m/one"), endpoint("b", "m/one")), Optional.of("backwards"), Optional.empty());

        var bySuffix = router.plan(
                RoutingRequest.builder(ChatRequest.of(JsonView.parse("{\"model\":\"m/one:back\"}")), List.of(choice))
                        .build());
        assertThat(ids(bySuffix)).containsExactly("b:m/one", "a:m/one");
        assertThat(bySuffix.strategy()).isEqualTo("backwards");

        var byRule = router.plan(
                RoutingRequest.builder(ChatRequest.of(JsonView.parse("{\"model\":\"m/one:back\"}")), List.of(choice))
                        .preferences(ProviderPreferences.parse(JsonView.parse("{\"sort\":\"by-name\"}")))
                        .build());
        assertThat(ids(byRule)).containsExactly("a:m/one", "b:m/one");
    }

    @Test
    void whileAStrategyIsBeingUpdatedNobodyIsToldThatThereIsNone() {
        RoutingStrategy leaving = (endpoints, context) -> endpoints.stream()
                .map(endpoint -> new Candidate(endpoint, 1, "leaving"))
                .toList();
        router.installed().add("leaving", leaving, uninstalled::get);
        router.installed().remove(leaving);

        assertThat(ids(plan("{\"sort\":\"leaving\"}", List.of(endpoint("a", "m/one")))))
                .containsExactly("a:m/one");

        uninstalled.set(true);
        var refused = catchThrowableOfType(
                FailureException.class, () -> plan("{\"sort\":\"leaving\"}", List.of(endpoint("a", "m/one"))));
        assertThat(refused.failure().field()).contains("provider.sort");
        assertThat(refused.failure().message()).contains("Installed: by-name.");
    }

    @Test
    void theEndpointWhosePromptCacheIsWarmComesFirstUnlessTheClientNamesAnOrder() {
        var choice = Choice.of(List.of(endpoint("a", "m/one"), endpoint("b", "m/one"), endpoint("c", "m/one")));
        var asked = RoutingRequest.builder(ChatRequest.of(JsonView.parse("{\"model\":\"m/one\"}")), List.of(choice))
                .warm(Set.of("c:m/one"));

        var route = router.plan(asked.build());
        assertThat(ids(route)).containsExactly("c:m/one", "a:m/one", "b:m/one");
        assertThat(route.candidates().get(0).reason()).isEqualTo("its prompt cache is warm");

        var ordered = router.plan(asked.preferences(ProviderPreferences.parse(JsonView.parse("{\"order\":[\"b\"]}")))
                .build());
        assertThat(ids(ordered)).first().isEqualTo("b:m/one");

        eject("c:m/one", 30);
        assertThat(ids(router.plan(asked.preferences(ProviderPreferences.none()).build())))
                .containsExactly("a:m/one", "b:m/one", "c:m/one");
    }

    @Test
    void aStrategyThatThrowsFailsNoRequest() {
        router.installed()
                .add(
                        "broken",
                        (endpoints, context) -> {
                            throw new NoClassDefFoundError("of/somebody/Else");
                        },
                        uninstalled::get);

        var route = plan("{\"sort\":\"broken\"}", List.of(endpoint("b", "m/one"), endpoint("a", "m/one")));

        assertThat(ids(route)).containsExactly("b:m/one", "a:m/one");
        assertThat(route.candidates().get(0).reason()).isEqualTo("the strategy broken has failed");
    }

    @Test
    void whatAStrategyLeavesOutComesLastAndWhatItMakesUpIsLeftOut() {
        var made = new Candidate(endpoint("made-up", "m/one"), 9, "better");
        router.installed()
                .add(
                        "careless",
                        (endpoints, context) -> List.of(
                                made,
                                new Candidate(endpoints.get(1), 1, "good"),
                                new Candidate(endpoints.get(1), 1, "good")),
                        uninstalled::get);

        var route = plan(
                "{\"sort\":\"careless\"}",
                List.of(endpoint("a", "m/one"), endpoint("b", "m/one"), endpoint("c", "m/one")));

        assertThat(ids(route)).containsExactly("b:m/one", "a:m/one", "c:m/one");
        assertThat(route.candidates().get(1).reason()).isEqualTo("left out by the strategy careless");
    }

    private static Window measured(double latency, double throughput) {
        return new Window(
                9,
                0,
                0,
                Optional.of(new Percentiles(latency, latency, latency, latency, latency)),
                Optional.of(new Percentiles(throughput, throughput, throughput, throughput, throughput)));
    }

    private static Price perMillion(String prompt, String completion) {
        return Price.perMillionTokens(new BigDecimal(prompt), new BigDecimal(completion));
    }

    private static List<String> reasons(Route route) {
        return route.dropped().stream().map(Exclusion::reason).toList();
    }

    private Route plan(String preferences, List<Endpoint> endpoints) {
        return router.plan(request(preferences, List.of(endpoints)));
    }

    private static RoutingRequest request(String preferences, List<List<Endpoint>> choices) {
        return request(preferences, Permissions.ALL, choices);
    }

    private static RoutingRequest request(String preferences, Permissions permissions, List<List<Endpoint>> choices) {
        return RoutingRequest.builder(
                        ChatRequest.of(JsonView.parse("{\"model\":\"m/one\"}")),
                        choices.stream().map(Choice::of).toList())
                .preferences(ProviderPreferences.parse(JsonView.parse(preferences)))
                .rules(new Rules(permissions, Optional.empty()))
                .build();
    }

    private static List<String> ids(Route route) {
        return route.candidates().stream()
                .map(candidate -> candidate.endpoint().id())
                .toList();
    }

    private static Endpoint endpoint(String provider, String model) {
        return unpriced(provider, model).price(Price.FREE).build();
    }

    private static Endpoint in(String region, String provider) {
        return Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder(provider, "openai").region(region).build())
                .price(Price.FREE)
                .build();
    }

    /** A second strategy. */
    private void installBackwards() {
        router.installed()
                .add(
                        "backwards",
                        (endpoints, context) -> endpoints.stream()
                                .sorted(Comparator.comparing(Endpoint::id).reversed())
                                .map(endpoint -> new Candidate(endpoint, 1, "backwards"))
                                .toList(),
                        uninstalled::get);
    }

    private static RoutingRequest.Builder asking(List<Endpoint> endpoints) {
        return RoutingRequest.builder(
                ChatRequest.of(JsonView.parse("{\"model\":\"m/one\"}")), List.of(Choice.of(endpoints)));
    }

    private void eject(String endpointId, int seconds) {
        state(endpointId, Condition.EJECTED, seconds, OptionalInt.empty());
    }

    private void state(String endpointId, Condition condition, int seconds, OptionalInt limit) {
        states.put(endpointId, new EndpointHealth(condition, "failing", Duration.ofSeconds(seconds), limit, 0, 0, 5));
    }

    private static Endpoint.Builder unpriced(String provider, String model) {
        return Endpoint.builder(
                ModelId.parse(model), Provider.builder(provider, "openai").build());
    }

    private final class KnownHealth extends QuietHealth {
        @Override
        public EndpointHealth of(String endpointId) {
            return states.getOrDefault(endpointId, EndpointHealth.UNKNOWN);
        }

        @Override
        public Set<String> refused(String endpointId) {
            return refused.getOrDefault(endpointId, Set.of());
        }

        @Override
        public Window window(String endpointId, Span span) {
            return windows.getOrDefault(endpointId, Window.EMPTY);
        }
    }
}
