package io.patchbay.strategy.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.testkit.KnownContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyStrategyTest {
    private final LatencyStrategy strategy = new LatencyStrategy();
    private final Endpoint one = KnownContext.endpoint("one", 1);
    private final Endpoint two = KnownContext.endpoint("two", 2);
    private final Endpoint three = KnownContext.endpoint("three", 4);

    @Test
    void theOneWhoseFirstTokenComesSoonestIsFirst() {
        var context = KnownContext.of(1).latency(one, 0.9).latency(two, 0.3).latency(three, 0.5);

        assertThat(order(context)).containsExactly(two, three, one);
        assertThat(strategy.order(List.of(one), context).get(0).reason()).isEqualTo("first token after 0.90 s");
    }

    @Test
    void oneOfWhichNothingIsKnownIsTriedByOneRequestAtATime() {
        var context = KnownContext.of(1).latency(one, 0.9).latency(two, 0.3);

        boolean isTried = false;
        for (int i = 0; i < 100; i++) {
            isTried |= order(context).get(0).equals(three);
        }
        assertThat(isTried).isTrue();

        context.busy(three, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(order(context)).containsExactly(two, one, three);
        }
    }

    @Test
    void oneThatFailsMoreOftenThanItAnswersComesLastHoweverFast() {
        var context = KnownContext.of(1)
                .latency(one, 0.9)
                .latency(two, 0.3)
                .counting(two, 1, 2)
                .counting(three, 0, 1);

        assertThat(order(context).get(0)).isEqualTo(one);
        assertThat(strategy.order(List.of(two, one), context).get(1).reason()).isEqualTo("failing lately");
    }

    private List<Endpoint> order(KnownContext context) {
        return strategy.order(List.of(one, two, three), context).stream()
                .map(Candidate::endpoint)
                .toList();
    }
}
