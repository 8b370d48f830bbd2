package io.patchbay.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.testkit.QuietHealth;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints of other tiers of service get the requests that ask for them, and no others. */
class ServiceTiersTest {
    private static final Endpoint A = usual("a");
    private static final Endpoint B = usual("b");
    private static final List<Endpoint> ALL = List.of(A, tier(A, "flex"), B, tier(B, "priority"), tier(B, "flex"));

    private final RoutePlanner router =
            new RoutePlanner(new QuietHealth(), EjectionLimits.DEFAULT, "by-name", () -> new Random(1));

    @BeforeEach
    void install() {
        for (var name : List.of("by-name", "throughput", "price")) {
            router.installed()
                    .add(
                            name,
                            (endpoints, context) -> endpoints.stream()
                                    .sorted(Comparator.comparing(Endpoint::id))
                                    .map(endpoint -> new Candidate(endpoint, 1, name))
                                    .toList(),
                            () -> false);
        }
    }

    @Test
    void nobodyGetsAnotherTierUnasked() {
        assertThat(ids(plan("{}", "{}", ""))).containsExactly("a:m/one", "b:m/one");
        assertThat(ids(plan("{\"service_tier\":\"auto\"}", "{}", ""))).containsExactly("a:m/one", "b:m/one");
        assertThat(ids(plan("{}", "{\"only\":[\"b\"]}", ""))).containsExactly("b:m/one");
        assertThat(plan("{}", "{}", "").dropped())
                .extracting(Exclusion::rule)
                .containsOnly(Exclusion.Rule.SERVICE_TIER)
                .hasSize(3);
    }

    @Test
    void priorityComesFirstAndFallsBackOnTheUsualTier() {
        var route = plan("{\"service_tier\":\"priority\"}", "{}", "");

        assertThat(ids(route)).containsExactly("b/priority:m/one", "a:m/one", "b:m/one");
        assertThat(route.strategy()).isEqualTo("throughput");
        assertThat(ids(plan("{\"service_tier\":\"fast\"}", "{}", ""))).isEqualTo(ids(route));
    }

    @Test
    void flexStaysAmongItself() {
        var route = plan("{\"service_tier\":\"flex\"}", "{}", "");

        assertThat(ids(route)).containsExactly("a/flex:m/one", "b/flex:m/one");
        assertThat(route.strategy()).isEqualTo("price");
    }

    @Test
    void aTierThatNobodyOffersIsServedAsUsual() {
        assertThat(ids(plan("{\"service_tier\":\"flex\"}", "{}", "", List.of(A, B))))
                .containsExactly("a:m/one", "b:m/one");
        assertThat(ids(plan("{\"service_tier\":\"flex\"}", "{}", "", List.of(A, B, tier(B, "priority")))))
                .containsExactly("a:m/one", "b:m/one");
    }

    @Test
    void aSuffixLetsATierInUnlessTheRequestSaysOtherwise() {
        assertThat(ids(plan("{}", "{}", "flex"))).containsExactly("a/flex:m/one", "a:m/one", "b/flex:m/one", "b:m/one");
        assertThat(ids(plan("{\"service_tier\":\"default\"}", "{}", "flex"))).containsExactly("a:m/one", "b:m/one");
        assertThat(ids(plan("{}", "{\"order\":[\"b\"]}", "flex"))).containsExactly("b:m/one", "a:m/one");
    }

    @Test
    void aTierCanBeNamedAsAProvider() {
        assertThat(ids(plan("{}", "{\"only\":[\"b/priority\"]}", ""))).containsExactly("b/priority:m/one");
        assertThat(ids(plan("{}", "{\"order\":[\"b/priority\"]}", "")))
                .containsExactly("b/priority:m/one", "a:m/one", "b:m/one");
    }

    private Route plan(String request, String preferences, String suffix) {
        return plan(request, preferences, suffix, ALL);
    }

    private Route plan(String request, String preferences, String suffix, List<Endpoint> endpoints) {
        var tier = suffix.isEmpty() ? Optional.<String>empty() : Optional.of(suffix);
        return router.plan(RoutingRequest.builder(
                        ChatRequest.of(JsonView.parse(request)), List.of(new Choice(endpoints, Optional.empty(), tier)))
                .preferences(ProviderPreferences.parse(JsonView.parse(preferences)))
                .build());
    }

    private static List<String> ids(Route route) {
        return route.candidates().stream()
                .map(candidate -> candidate.endpoint().id())
                .toList();
    }

    private static Endpoint usual(String provider) {
        return Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder(provider, "openai").build())
                .price(Price.perMillionTokens(BigDecimal.ONE, BigDecimal.TEN))
                .build();
    }

    private static Endpoint tier(Endpoint usual, String name) {
        return usual.atServiceTier(name, usual.price().orElseThrow());
    }
}
