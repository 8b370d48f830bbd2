package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Window;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Window SLOW =
            new Window(20, 0, 0, Optional.of(new Percentiles(1, 1.5, 2, 2.2, 2.5)), Optional.empty());
    private static final Window FAST =
            new Window(20, 0, 0, Optional.of(new Percentiles(0.1, 0.1, 0.1, 0.1, 0.1)), Optional.empty());

    @Test
    void isAFewTimesWhatAnEndpointTakesAtItsSlowest() {
        assertThat(Patience.DEFAULT.with(SLOW)).contains(Duration.ofSeconds(10));
    }

    @Test
    void isNeverShort() {
        assertThat(Patience.DEFAULT.with(FAST)).contains(Duration.ofSeconds(5));
    }

    @Test
    void hasNoEndWhereNothingIsKnownOrNobodyWantsOne() {
        assertThat(Patience.DEFAULT.with(Window.EMPTY)).isEmpty();
        assertThat(new Patience(0, Duration.ZERO).with(SLOW)).isEmpty();
        assertThat(Patience.DEFAULT.with(new Window(19, 9, 9, SLOW.latency(), SLOW.throughput())))
                .isEmpty();
    }
}
