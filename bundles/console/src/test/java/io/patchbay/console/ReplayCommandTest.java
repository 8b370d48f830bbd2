package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.replay.Comparison;
import io.patchbay.api.replay.Comparison.Summary;
import io.patchbay.api.replay.WhatIf;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
    private static final Comparison COMPARISON = new Comparison(
            1000,
            3,
            2,
            new Summary(
                    new BigDecimal("12.345678"),
                    Optional.of(new BigDecimal("0.412")),
                    new BigDecimal("0.0312"),
                    Map.of("groq", 1000L)),
            new Summary(new BigDecimal("9.87"), Optional.empty(), BigDecimal.ZERO, Map.of("xai", 900L, "groq", 100L)));

    private final List<WhatIf> asked = new ArrayList<>();
    private final Screen screen = new Screen();
    private final ReplayCommand command = new ReplayCommand();

    ReplayCommandTest() {
        command.replay = otherwise -> {
            asked.add(otherwise);
            return COMPARISON;
        };
    }

    @Test
    void showsBothSides() throws CommandException {
        command.since = "12h";
        command.strategy = "latency";
        command.regions = "eu";
        command.prices = List.of("openai=0.8");

        command.print(screen.out());

        var otherwise = asked.get(0);
        assertThat(Duration.between(otherwise.since(), otherwise.until())).isEqualTo(Duration.ofHours(12));
        assertThat(otherwise.strategy()).contains("latency");
        assertThat(otherwise.permissions().regions()).containsExactly("eu");
        assertThat(otherwise.priceFactors()).isEqualTo(Map.of("openai", new BigDecimal("0.8")));
        assertThat(screen.text())
                .containsPattern("cost +\\S +\\$12.3457 +\\S +\\$9.8700")
                .containsPattern("first token +\\S +0.412 s +\\S +-")
                .containsPattern("first attempts failing +\\S +3.1 % +\\S +0.0 %")
                .containsPattern("to groq +\\S +1000 +\\S +100")
                .containsPattern("to xai +\\S +0 +\\S +900")
                .contains("1000 generations compared; 2 nobody might have served; 3 can't be told");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "week", "-1d", "0d"})
    void refusesWhatIsNoSpan(String since) {
        command.since = since;

        assertThatThrownBy(() -> command.print(screen.out())).hasMessageContaining("--since is a span");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "=1", "openai=cheap", "openai=-1"})
    void refusesWhatIsNoPrice(String price) {
        command.prices = List.of(price);

        assertThatThrownBy(() -> command.print(screen.out())).hasMessageContaining("--price is a provider");
    }

    @Test
    void saysWhyThereIsNoComparison() {
        command.replay = otherwise -> {
            throw Failure.invalid("strategy", "There is no routing strategy 'x'.")
                    .toException();
        };

        assertThatThrownBy(() -> command.print(screen.out())).hasMessageContaining("no routing strategy 'x'");
    }
}
