package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.ModelId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortingSuffixTest {
    @ParameterizedTest
    @CsvSource({
        "m/one,              m/one,      ''",
        "m/one:nitro,        m/one,      throughput",
        "m/one:floor,        m/one,      price",
        "m/one:free,         m/one:free, ''",
        "m/one:free:nitro,   m/one:free, throughput",
        "m/one:nitro:free,   m/one:free, throughput",
        "m/one:nitro:floor,  m/one,      price",
    })
    void theLastOneCountsAndTheRestIsTheModelsName(String named, String model, String sort) {
        var suffix = SortingSuffix.of(ModelId.parse(named));

        assertThat(suffix.model()).hasToString(model);
        assertThat(suffix.sort().orElse("")).isEqualTo(sort);
    }
}
