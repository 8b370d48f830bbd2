package io.patchbay.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.routing.RoutingStrategy;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutePlannerTest {
    private final Set<String> ejected = new HashSet<>();
    private final RoutePlanner router = new RoutePlanner(new KnownHealth(), "by-name", () -> new Random(1));

    RoutePlannerTest() {
        router.bindStrategy(
                (endpoints, die) -> endpoints.stream()
                        .sorted(Comparator.comparing(Endpoint::id))
                        .map(endpoint -> new Candidate(endpoint, 1, "by name"))
                        .toList(),
                Map.of(RoutingStrategy.NAME, "by-name"));
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
        ejected.add("a:m/one");
        assertThat(ids(plan("{}", List.of(endpoint("a", "m/one"), endpoint("b", "m/one")))))
                .containsExactly("b:m/one", "a:m/one");

        ejected.add("b:m/one");
        assertThat(ids(plan("{}", List.of(endpoint("a", "m/one"), endpoint("b", "m/one")))))
                .hasSize(2);
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
                .extracting(Candidate::reason)
                .containsExactly("in provider.ignore", "not in provider.only");
    }

    @Test
    void sendsNothingWhereThePriceIsUnknown() {
        var route = plan("{}", List.of(unpriced("a", "m/one").build(), endpoint("b", "m/one")));

        assertThat(ids(route)).containsExactly("b:m/one");
        assertThat(route.dropped()).extracting(Candidate::reason).containsExactly("its price is unknown");
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
        var bare = new RoutePlanner(new KnownHealth(), "price", () -> new Random(1));

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
                .extracting(Candidate::reason)
                .containsExactly("this API key may not use the provider", "this API key may not use the model");
        assertThat(ids(discreetly)).containsExactly("own:m/one");
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

    private Route plan(String preferences, List<Endpoint> endpoints) {
        return router.plan(request(preferences, List.of(endpoints)));
    }

    private static RoutingRequest request(String preferences, List<List<Endpoint>> choices) {
        return request(preferences, Permissions.ALL, choices);
    }

    private static RoutingRequest request(String preferences, Permissions permissions, List<List<Endpoint>> choices) {
        return new RoutingRequest(
                ChatRequest.of(JsonView.parse("{\"model\":\"m/one\"}")),
                ProviderPreferences.parse(JsonView.parse(preferences)),
                permissions,
                choices);
    }

    private static List<String> ids(Route route) {
        return route.candidates().stream()
                .map(candidate -> candidate.endpoint().id())
                .toList();
    }

    private static Endpoint endpoint(String provider, String model) {
        return unpriced(provider, model).price(Price.FREE).build();
    }

    private static Endpoint.Builder unpriced(String provider, String model) {
        return Endpoint.builder(
                ModelId.parse(model), Provider.builder(provider, "openai").build());
    }

    private final class KnownHealth implements Health {
        @Override
        public void record(Outcome outcome) {}

        @Override
        public EndpointHealth of(String endpointId) {
            return ejected.contains(endpointId)
                    ? new EndpointHealth(true, "failing", Duration.ofSeconds(30), 0, 5)
                    : EndpointHealth.UNKNOWN;
        }
    }
}
