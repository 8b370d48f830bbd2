package io.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.Usage;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarginsTest {
    private static final Usage USAGE = Usage.estimated(900_000, 100_000);

    @ParameterizedTest
    @CsvSource({
        "10%, 0.20",
        "0%, 0",
        "5.5 %, 0.11",
        "0.50/M, 0.50",
        "0.001/request, 0.001",
        "10% + 0.50/M + 0.001/request, 0.701"
    })
    void readsEverySpelling(String written, BigDecimal onTwoDollars) {
        assertThat(Margin.parse(written).on(new BigDecimal("2"), USAGE)).isEqualByComparingTo(onTwoDollars);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "10", "-5%", "5%%", "1/token", "5% 3%", "5% +"})
    void refusesWhatIsNoMargin(String written) {
        assertThatThrownBy(() -> new Margins(Map.of("margin.provider.groq", written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("margin.provider.groq")
                .hasMessageContaining("write 10%");
    }

    @ParameterizedTest
    @CsvSource({"acme, groq, x/y, 1%", "other, groq, a/b, 2%", "other, groq, x/y, 3%", "other, xai, x/y, 4%"})
    void theMostParticularMarginCounts(String account, String provider, String model, String expected) {
        var margins = new Margins(Map.of(
                "margin", "4%",
                "margin.provider.groq", "3%",
                "margin.model.a/b", "2%",
                "margin.account.acme", "1%",
                "expected-tokens", 500));

        var margin = margins.of(account, endpoint(provider, model));

        assertThat(margin).isEqualTo(Margin.parse(expected));
    }

    @Test
    void asksForNothingUnlessConfigured() {
        assertThat(new Margins(Map.of()).of("acme", endpoint("groq", "a/b"))).isEqualTo(Margin.NONE);
    }

    private static Endpoint endpoint(String provider, String model) {
        return Endpoint.builder(
                        ModelId.parse(model),
                        Provider.builder(provider, "openai").build())
                .build();
    }
}
