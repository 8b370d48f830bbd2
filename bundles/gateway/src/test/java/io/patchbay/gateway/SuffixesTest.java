package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.ModelId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuffixesTest {
    @ParameterizedTest
    @CsvSource({
        "m/one,                   m/one,             m/one,      ''",
        "m/one:nitro,             m/one,             m/one,      throughput",
        "m/one:floor,             m/one,             m/one,      price",
        "m/one:exacto,            m/one,             m/one,      exacto",
        "m/one:free,              m/one:free,        m/one:free, ''",
        "m/one:free:nitro,        m/one:free,        m/one:free, throughput",
        "m/one:nitro:free,        m/one:free,        m/one:free, throughput",
        "m/one:nitro:floor,       m/one,             m/one,      price",
        "m/one:thinking,          m/one:thinking,    m/one,      ''",
        "m/one:free:online:floor, m/one:free:online, m/one:free, price",
        "m/one:extended,          m/one:extended,    m/one,      ''",
    })
    void theLastOrderCountsAndWhatMayBeAWishIsToldApart(String named, String model, String bare, String sort) {
        var suffixes = Suffixes.of(ModelId.parse(named));

        assertThat(suffixes.model()).hasToString(model);
        assertThat(suffixes.withoutWishes()).hasToString(bare);
        assertThat(suffixes.sort().orElse("")).isEqualTo(sort);
    }
}
