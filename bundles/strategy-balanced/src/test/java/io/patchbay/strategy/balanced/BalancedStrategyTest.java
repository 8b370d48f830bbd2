package io.patchbay.strategy.balanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.testkit.KnownContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancedStrategyTest {
    private final BalancedStrategy strategy = new BalancedStrategy();
    private final Endpoint one = KnownContext.endpoint("one", 1);
    private final Endpoint two = KnownContext.endpoint("two", 2);
    private final Endpoint three = KnownContext.endpoint("three", 4);

    @Test
    void twiceThePriceWeighsAsMuchAsTwiceTheTime() {
        var context = KnownContext.of(1).throughput(one, 25).throughput(two, 50).throughput(three, 100);

        assertThat(strategy.order(List.of(one, two, three), context))
                .allSatisfy(candidate -> assertThat(candidate.score()).isCloseTo(0.25, within(0.001)));
    }

    @Test
    void theBestGetsMostRequestsAndTheOthersSome() {
        var context = KnownContext.of(1).throughput(one, 50).throughput(two, 50);

        int twoFirst = 0;
        for (int i = 0; i < 10_000; i++) {
            twoFirst +=
                    strategy.order(List.of(one, two), context).get(0).endpoint().equals(two) ? 1 : 0;
        }

        assertThat(twoFirst / 10_000.0).isCloseTo(0.2, within(0.02));
    }

    @Test
    void oneThatOftenFailsIsHardlyTried() {
        var context =
                KnownContext.of(1).counting(one, 10, 90).counting(two, 100, 0).counting(three, 100, 0);

        int oneFirst = 0;
        for (int i = 0; i < 1_000; i++) {
            oneFirst += order(context).get(0).equals(one) ? 1 : 0;
        }

        assertThat(oneFirst).isLessThan(5);
        assertThat(strategy.order(List.of(one, two), context).get(1).reason())
                .isEqualTo("1.0 times the lowest cost, 1.0 times the least time, 12 % answered");
    }

    @Test
    void whereNothingIsKnownThePriceDecides() {
        assertThat(strategy.order(List.of(three, one), KnownContext.of(5)))
                .extracting(Candidate::score)
                .containsExactlyInAnyOrder(1.0, 0.25);
    }

    private List<Endpoint> order(KnownContext context) {
        return strategy.order(List.of(one, two, three), context).stream()
                .map(Candidate::endpoint)
                .toList();
    }
}
