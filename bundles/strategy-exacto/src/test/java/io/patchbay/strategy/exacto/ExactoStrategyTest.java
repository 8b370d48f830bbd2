package io.patchbay.strategy.exacto;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Candidate;
import io.patchbay.testkit.KnownContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactoStrategyTest {
    private final ExactoStrategy strategy = new ExactoStrategy();
    private final Endpoint one = KnownContext.endpoint("one", 1);
    private final Endpoint two = KnownContext.endpoint("two", 2);
    private final Endpoint three = KnownContext.endpoint("three", 4);

    @Test
    void theOneWhoseAnswersAreSoundIsFirst() {
        var context = KnownContext.of(1)
                .counting(one, 800, 200)
                .counting(two, 1000, 0)
                .counting(three, 900, 100);

        assertThat(order(context)).containsExactly(two, three, one);
        assertThat(strategy.order(List.of(one), context).get(0).reason()).isEqualTo("80.4 % sound answers");
    }

    @Test
    void ofThoseThatAreAsSoundTheFastestIsFirst() {
        var context = KnownContext.of(1)
                .throughput(one, 20)
                .throughput(two, 90)
                .throughput(three, 50)
                .counting(one, 1000, 2)
                .counting(two, 1000, 7)
                .counting(three, 1000, 0);

        assertThat(order(context)).containsExactly(two, three, one);
    }

    @Test
    void whoIsHardlyKnownIsNeitherFirstNorOut() {
        var context =
                KnownContext.of(1).counting(one, 1000, 0).counting(two, 1, 0).counting(three, 500, 500);

        assertThat(order(context)).containsExactly(one, two, three);
    }

    private List<Endpoint> order(KnownContext context) {
        return strategy.order(List.of(three, two, one), context).stream()
                .map(Candidate::endpoint)
                .toList();
    }
}
