package io.patchbay.adapter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxEndpointsTest {
    @Test
    void offersEachBehaviourForNothing() {
        var endpoints = SandboxEndpoints.with(List.of());

        assertThat(endpoints).extracting(Endpoint::id).contains("sandbox:sandbox/echo", "sandbox:sandbox/rate-limited");
        assertThat(endpoints).last().extracting(Endpoint::id).isEqualTo("sandbox:sandbox/embed");
        var behaviours = endpoints.subList(0, endpoints.size() - 1);
        assertThat(behaviours).hasSameSizeAs(Behaviour.values()).allSatisfy(endpoint -> {
            assertThat(endpoint.price()).contains(Price.FREE);
            assertThat(endpoint.contextLength()).isPresent();
            assertThat(endpoint.description()).isNotEmpty();
            assertThat(endpoint.provider().displayName()).isEqualTo("Sandbox");
            assertThat(endpoint.provider().adapter()).isEqualTo("sandbox");
            assertThat(Behaviour.of(endpoint.upstreamModel()).id())
                    .isEqualTo(endpoint.model().name());
        });
    }

    @Test
    void offersFurtherModels() {
        var endpoints = SandboxEndpoints.with(List.of("acme/tortoise=slow, acme/bird:free = parrot,", "acme/x=echo"));

        assertThat(endpoints)
                .extracting(Endpoint::id)
                .contains("sandbox:acme/tortoise", "sandbox:acme/bird:free", "sandbox:acme/x");
        assertThat(endpoints)
                .filteredOn(endpoint -> endpoint.model().name().equals("bird"))
                .extracting(Endpoint::upstreamModel)
                .containsExactly("parrot");
    }

    @Test
    void letsTheOperatorChangeABuiltInModel() {
        assertThat(SandboxEndpoints.with(List.of("sandbox/echo=failing")))
                .hasSize(Behaviour.values().length + 1)
                .filteredOn(endpoint -> endpoint.id().equals("sandbox:sandbox/echo"))
                .extracting(Endpoint::upstreamModel)
                .containsExactly("failing");
    }

    @Test
    void leavesWrongEntriesOut() {
        assertThat(SandboxEndpoints.with(List.of("nonsense", "a/b=c", "noslash=echo", "good/one=echo")))
                .hasSize(Behaviour.values().length + 2);
    }
}
