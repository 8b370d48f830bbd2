package io.patchbay.strategy.leastbusy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.testkit.KnownContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeastBusyStrategyTest {
    private final LeastBusyStrategy strategy = new LeastBusyStrategy();
    private final Endpoint one = KnownContext.endpoint("one", 1);
    private final Endpoint two = KnownContext.endpoint("two", 2);
    private final Endpoint three = KnownContext.endpoint("three", 4);

    @Test
    void theOneWithTheFewestRequestsIsFirst() {
        var context = KnownContext.of(1).busy(one, 3).busy(two, 1).busy(three, 2);

        assertThat(order(context)).containsExactly(two, three, one);
    }

    @Test
    void chanceDecidesAmongThoseThatAreAsBusy() {
        var context = KnownContext.of(1).busy(three, 1);

        int oneFirst = 0;
        for (int i = 0; i < 1_000; i++) {
            var order = order(context);
            assertThat(order.get(2)).isEqualTo(three);
            oneFirst += order.get(0).equals(one) ? 1 : 0;
        }
        assertThat(oneFirst).isBetween(400, 600);
    }

    private List<Endpoint> order(KnownContext context) {
        return strategy.order(List.of(one, two, three), context).stream()
                .map(Candidate::endpoint)
                .toList();
    }
}
