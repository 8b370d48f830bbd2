package io.patchbay.strategy.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.testkit.KnownContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThroughputStrategyTest {
    private final ThroughputStrategy strategy = new ThroughputStrategy();
    private final Endpoint one = KnownContext.endpoint("one", 1);
    private final Endpoint two = KnownContext.endpoint("two", 2);
    private final Endpoint three = KnownContext.endpoint("three", 4);

    @Test
    void theOneThatWritesFastestIsFirst() {
        var context = KnownContext.of(1).throughput(one, 20).throughput(two, 90).throughput(three, 50);

        assertThat(order(context)).containsExactly(two, three, one);
        assertThat(strategy.order(List.of(two), context).get(0).reason()).isEqualTo("90 tokens per second");
    }

    private List<Endpoint> order(KnownContext context) {
        return strategy.order(List.of(one, two, three), context).stream()
                .map(Candidate::endpoint)
                .toList();
    }
}
