package io.patchbay.strategy.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.routing.Candidate;
import io.patchbay.testkit.KnownContext;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceStrategyTest {
    private final PriceStrategy strategy = new PriceStrategy();

    @Test
    void drawsByTheInverseSquareOfThePrice() {
        var cheap = endpoint("cheap", "1");
        var dear = endpoint("dear", "3");
        var context = KnownContext.of(7);

        int cheapFirst = 0;
        for (int i = 0; i < 10_000; i++) {
            if (strategy.order(List.of(dear, cheap), context).get(0).endpoint().equals(cheap)) {
                cheapFirst++;
            }
        }

        assertThat(cheapFirst / 10_000.0).isCloseTo(0.9, within(0.01));
    }

    @Test
    void theRestFollowsByPrice() {
        var endpoints = List.of(endpoint("c", "9"), endpoint("a", "1"), endpoint("b", "4"));
        var order = strategy.order(endpoints, KnownContext.of(1)).stream()
                .map(candidate -> candidate.endpoint().provider().name())
                .toList();

        assertThat(order).containsExactlyInAnyOrder("a", "b", "c");
        var rest = order.subList(1, 3);
        assertThat(rest).isSorted();
    }

    @Test
    void anUnknownPriceComesAfterAllKnownOnes() {
        var endpoints = List.of(unpriced("unknown"), endpoint("dear", "900"), endpoint("free", "0"));
        var context = KnownContext.of(1);

        for (int i = 0; i < 100; i++) {
            var last = strategy.order(endpoints, context).get(2);

            assertThat(last.endpoint().provider().name()).isEqualTo("unknown");
            assertThat(last.reason()).isEqualTo("price unknown");
        }
    }

    @Test
    void whereNoPriceIsKnownAllAreDrawnAlike() {
        var endpoints = List.of(unpriced("one"), unpriced("two"));
        var context = KnownContext.of(3);

        int oneFirst = 0;
        for (int i = 0; i < 10_000; i++) {
            if (strategy.order(endpoints, context).get(0).endpoint().equals(endpoints.get(0))) {
                oneFirst++;
            }
        }

        assertThat(oneFirst / 10_000.0).isCloseTo(0.5, within(0.02));
    }

    @Test
    void oneThatFailsRightNowComesLastHoweverCheap() {
        var failing = endpoint("failing", "1");
        var sound = endpoint("sound", "900");
        var context = KnownContext.of(1).counting(failing, 2, 3);

        for (int i = 0; i < 100; i++) {
            var order = strategy.order(List.of(failing, sound), context);

            assertThat(order).extracting(Candidate::endpoint).containsExactly(sound, failing);
            assertThat(order.get(1).reason()).isEqualTo("failing in the last half minute");
        }
    }

    @Test
    void oneThatIsFarSlowerThanTheOthersComesLastHoweverCheap() {
        var slow = endpoint("slow", "1");
        var sound = endpoint("sound", "900");
        var waits = KnownContext.of(1).latency(slow, 3.1).latency(sound, 1);
        var writesSlowly = KnownContext.of(1).throughput(slow, 9).throughput(sound, 100);
        var besideARacer = KnownContext.of(1).throughput(slow, 40).throughput(sound, 2_000);
        var aLittleSlower = KnownContext.of(1).latency(slow, 2.9).latency(sound, 1);

        assertThat(strategy.order(List.of(slow, sound), waits))
                .extracting(Candidate::endpoint)
                .containsExactly(sound, slow);
        assertThat(strategy.order(List.of(slow, sound), writesSlowly).get(1).reason())
                .isEqualTo("far slower than the others");
        assertThat(strategy.order(List.of(slow, sound), besideARacer).get(0).endpoint())
                .isEqualTo(slow);
        assertThat(strategy.order(List.of(slow, sound), aLittleSlower).get(0).endpoint())
                .isEqualTo(slow);
    }

    private static Endpoint unpriced(String provider) {
        return Endpoint.builder(
                        new ModelId("a", "b", ""),
                        Provider.builder(provider, "openai").build())
                .build();
    }

    private static Endpoint endpoint(String provider, String perMillion) {
        var price = new BigDecimal(perMillion);
        return Endpoint.builder(
                        new ModelId("a", "b", ""),
                        Provider.builder(provider, "openai").build())
                .price(Price.perMillionTokens(price, price))
                .build();
    }
}
