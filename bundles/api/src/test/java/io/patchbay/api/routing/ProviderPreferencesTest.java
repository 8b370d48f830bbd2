package io.patchbay.api.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.catalog.Price;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonView;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderPreferencesTest {
    @Test
    void readsEveryRule() {
        var rules = read("""
                {"order":["a"],"only":["a","b"],"ignore":["c"],"quantizations":["fp8"],
                 "allow_fallbacks":false,"require_parameters":true,"data_collection":"deny","zdr":true,
                 "enforce_distillable_text":true,"sort":{"by":"latency","partition":"none"},
                 "max_price":{"prompt":0.5,"completion":"1","request":0.01},
                 "preferred_max_latency":2,"preferred_min_throughput":{"p90":50}}""");

        assertThat(rules.order()).containsExactly("a");
        assertThat(rules.only()).containsExactly("a", "b");
        assertThat(rules.ignore()).containsExactly("c");
        assertThat(rules.quantizations()).containsExactly("fp8");
        assertThat(rules.allowFallbacks()).isFalse();
        assertThat(rules.requireParameters()).isTrue();
        assertThat(rules.dataCollection()).isFalse();
        assertThat(rules.zeroDataRetention()).isTrue();
        assertThat(rules.distillableText()).isTrue();
        assertThat(rules.sort()).contains("latency");
        assertThat(rules.acrossModels()).isTrue();
        assertThat(rules.maxPrice())
                .isEqualTo(Map.of(
                        Price.Unit.PROMPT, new BigDecimal("0.0000005"),
                        Price.Unit.COMPLETION, new BigDecimal("0.000001"),
                        Price.Unit.REQUEST, new BigDecimal("0.01")));
        assertThat(rules.maxLatency().p50()).hasValue(2);
        assertThat(rules.minThroughput().p90()).hasValue(50);
        assertThat(rules.minThroughput().p50()).isEmpty();
    }

    @Test
    void nullIsNoRule() {
        var rules = read("""
                {"order":null,"only":null,"ignore":null,"quantizations":null,"allow_fallbacks":null,
                 "require_parameters":null,"data_collection":null,"zdr":null,"enforce_distillable_text":null,
                 "sort":null,"max_price":null,"preferred_max_latency":null,"preferred_min_throughput":null}""");

        assertThat(rules).usingRecursiveComparison().isEqualTo(ProviderPreferences.none());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'orders':[]}                                | provider.orders",
                "{'order':'openai'}                           | provider.order",
                "{'only':[1]}                                 | provider.only",
                "{'allow_fallbacks':'no'}                     | provider.allow_fallbacks",
                "{'data_collection':'maybe'}                  | provider.data_collection",
                "{'quantizations':['fp7']}                    | provider.quantizations",
                "{'sort':1}                                   | provider.sort",
                "{'sort':{'by':1}}                            | provider.sort.by",
                "{'sort':{'by':'price','partition':'all'}}    | provider.sort.partition",
                "{'sort':{'order':'price'}}                   | provider.sort.order",
                "{'max_price':5}                              | provider.max_price",
                "{'max_price':{'tokens':5}}                   | provider.max_price.tokens",
                "{'max_price':{'prompt':-1}}                  | provider.max_price.prompt",
                "{'max_price':{'prompt':'cheap'}}             | provider.max_price.prompt",
                "{'max_price':{'prompt':'1e999999999'}}       | provider.max_price.prompt",
                "{'preferred_max_latency':'fast'}             | provider.preferred_max_latency",
                "{'preferred_max_latency':-1}                 | provider.preferred_max_latency",
                "{'preferred_min_throughput':{'p50':true}}    | provider.preferred_min_throughput.p50",
                "{'preferred_min_throughput':{'p95':1}}       | provider.preferred_min_throughput.p95",
            })
    void namesTheRuleThatIsWrong(String json, String field) {
        var refused = catchThrowableOfType(FailureException.class, () -> read(json.replace('\'', '"')));

        assertThat(refused.failure().field()).contains(field);
    }

    private static ProviderPreferences read(String json) {
        return ProviderPreferences.parse(JsonView.parse(json));
    }
}
