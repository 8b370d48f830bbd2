package io.patchbay.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.api.catalog.Price.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceTest {
    @Test
    void turnsDollarsForAMillionIntoExactDollarsForOne() {
        var price = Price.perMillionTokens(new BigDecimal("2.50"), new BigDecimal("0.000001"));

        assertThat(price.prompt().toPlainString()).isEqualTo("0.0000025");
        assertThat(price.completion().toPlainString()).isEqualTo("0.000000000001");
        assertThat(price.of(Unit.CACHE_READ)).isEmpty();
        assertThat(price).isEqualTo(Price.perMillionTokens(new BigDecimal("2.5"), new BigDecimal("0.0000010")));
    }

    @Test
    void chargesALongPromptByTheHighestTierThatItReaches() {
        var price = Price.builder()
                .perMillion(Unit.PROMPT, BigDecimal.ONE)
                .perMillion(Unit.COMPLETION, BigDecimal.TEN)
                .above(500_000, Map.of(Unit.PROMPT, new BigDecimal("0.000003")))
                .above(
                        200_000,
                        Map.of(Unit.PROMPT, new BigDecimal("0.000002"), Unit.COMPLETION, new BigDecimal("0.000020")))
                .build();

        assertThat(price.forPromptOf(200_000).prompt()).isEqualTo("0.000001");
        assertThat(price.forPromptOf(200_001).prompt()).isEqualTo("0.000002");
        assertThat(price.forPromptOf(500_001).prompt()).isEqualTo("0.000003");
        assertThat(price.forPromptOf(500_001).completion()).isEqualByComparingTo("0.00002");
        assertThat(price.tiers()).extracting(Price.Tier::promptTokens).containsExactly(200_000L, 500_000L);
    }

    @Test
    void isFreeOnlyIfNothingCostsAnything() {
        assertThat(Price.FREE.isFree()).isTrue();
        assertThat(Price.perMillionTokens(new BigDecimal("0.00"), BigDecimal.ZERO))
                .isEqualTo(Price.FREE);
        assertThat(Price.builder().each(Unit.REQUEST, BigDecimal.ONE).build().isFree())
                .isFalse();
        assertThat(Price.builder()
                        .above(10, Map.of(Unit.PROMPT, BigDecimal.ONE))
                        .build()
                        .isFree())
                .isFalse();
    }

    @Test
    void aCopySaysTheSame() {
        var price = Price.builder()
                .each(Unit.IMAGE, new BigDecimal("0.01"))
                .above(10, Map.of(Unit.PROMPT, BigDecimal.ONE))
                .asOf(LocalDate.of(2026, 11, 22))
                .ceiling()
                .build();

        assertThat(price.toBuilder().build()).isEqualTo(price).hasSameHashCodeAs(price);
        assertThat(price.asOf()).contains(LocalDate.of(2026, 11, 22));
        assertThat(price.isCeiling()).isTrue();
    }

    @Test
    void neverFallsBelowZero() {
        var below = new BigDecimal("-0.1");

        assertThatIllegalArgumentException().isThrownBy(() -> Price.builder().each(Unit.REQUEST, below));
        assertThatIllegalArgumentException().isThrownBy(() -> Price.builder().above(1, Map.of(Unit.PROMPT, below)));
    }
}
