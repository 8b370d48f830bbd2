package io.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.json.JsonView;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {
    private static final Price FULL = Price.builder()
            .perMillion(Unit.PROMPT, new BigDecimal("3"))
            .perMillion(Unit.COMPLETION, new BigDecimal("15"))
            .perMillion(Unit.CACHE_READ, new BigDecimal("0.30"))
            .perMillion(Unit.CACHE_WRITE, new BigDecimal("3.75"))
            .perMillion(Unit.CACHE_WRITE_1H, new BigDecimal("6"))
            .perMillion(Unit.AUDIO, new BigDecimal("40"))
            .perMillion(Unit.AUDIO_OUTPUT, new BigDecimal("80"))
            .perMillion(Unit.INTERNAL_REASONING, new BigDecimal("20"))
            .each(Unit.REQUEST, new BigDecimal("0.005"))
            .each(Unit.WEB_SEARCH, new BigDecimal("0.01"))
            .build();
    private static final Price PLAIN = Price.perMillionTokens(new BigDecimal("2"), new BigDecimal("8"));

    private static BigDecimal dollars(Price price, String usage) {
        return Rating.of(price, Usage.of(JsonView.parse(usage.replace('\'', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt_tokens':1000,'completion_tokens':100,'total_tokens':1100} | 0.0095",
                "{'prompt_tokens':1000,'completion_tokens':0,'total_tokens':1000,'prompt_tokens_details':{'cached_tokens':800}} | 0.00584",
                "{'prompt_tokens':1000,'completion_tokens':0,'total_tokens':1000,'prompt_tokens_details':{'cache_write_tokens':1000}} | 0.00875",
                "{'prompt_tokens':1000,'completion_tokens':0,'total_tokens':1000,'prompt_tokens_details':{'cache_write_tokens':1000,'cache_write_1h_tokens':600}} | 0.0101",
                "{'prompt_tokens':1000,'completion_tokens':0,'total_tokens':1000,'prompt_tokens_details':{'audio_tokens':500}} | 0.0265",
                "{'prompt_tokens':0,'completion_tokens':100,'total_tokens':100,'completion_tokens_details':{'reasoning_tokens':60}} | 0.0068",
                "{'prompt_tokens':0,'completion_tokens':100,'total_tokens':100,'completion_tokens_details':{'audio_tokens':100}} | 0.013",
                "{'prompt_tokens':0,'completion_tokens':0,'total_tokens':0,'server_tool_use':{'web_search_requests':3}} | 0.035"
            })
    void pricesEachKindOfUnit(String usage, BigDecimal dollars) {
        assertThat(dollars(FULL, usage)).isEqualByComparingTo(dollars);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt_tokens':1000,'completion_tokens':0,'total_tokens':1000,'prompt_tokens_details':{'cached_tokens':800}} | 0.002",
                "{'prompt_tokens':1000,'completion_tokens':0,'total_tokens':1000,'prompt_tokens_details':{'cache_write_tokens':1000,'cache_write_1h_tokens':600}} | 0.002",
                "{'prompt_tokens':0,'completion_tokens':100,'total_tokens':100,'completion_tokens_details':{'reasoning_tokens':60}} | 0.0008"
            })
    void takesThePriceOfPlainTokensWhereThereIsNoOther(String usage, BigDecimal dollars) {
        assertThat(dollars(PLAIN, usage)).isEqualByComparingTo(dollars);
    }

    @Test
    void whatIsKeptForAnHourCostsAsMuchAsOtherWritesWhereThatIsAllThatIsKnown() {
        var price = PLAIN.toBuilder()
                .perMillion(Unit.CACHE_WRITE, new BigDecimal("2.5"))
                .build();

        assertThat(dollars(
                        price,
                        "{'prompt_tokens':1000,'completion_tokens':0,'total_tokens':1000,'prompt_tokens_details':"
                                + "{'cache_write_tokens':1000,'cache_write_1h_tokens':600}}"))
                .isEqualByComparingTo("0.0025");
    }

    @Test
    void neverPricesMorePartsThanThereAreTokens() {
        assertThat(dollars(
                        PLAIN,
                        "{'prompt_tokens':10,'completion_tokens':0,'total_tokens':10,'prompt_tokens_details':"
                                + "{'cached_tokens':1000,'cache_write_tokens':1000,'audio_tokens':-5}}"))
                .isEqualByComparingTo("0.00002");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt_tokens':-5,'completion_tokens':1e15}",
                "{'prompt_tokens':'many','completion_tokens':null}",
                "{'server_tool_use':{'web_search_requests':-1}}",
                "{}"
            })
    void isNeverBelowNothing(String usage) {
        assertThat(dollars(FULL, usage)).isBetween(BigDecimal.ZERO, new BigDecimal("15001"));
    }

    @Test
    void chargesALongPromptByItsTier() {
        var tiered = PLAIN.toBuilder()
                .above(200_000, Map.of(Unit.PROMPT, new BigDecimal("0.000004")))
                .build();

        assertThat(dollars(tiered, "{'prompt_tokens':200000,'completion_tokens':0,'total_tokens':200000}"))
                .isEqualByComparingTo("0.4");
        assertThat(dollars(tiered, "{'prompt_tokens':200001,'completion_tokens':0,'total_tokens':200001}"))
                .isEqualByComparingTo("0.800004");
    }
}
