package com.example.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.routing.Candidate;
import io.patchbay.testkit.KnownContext;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalFirstStrategyTest {
    @Test
    void whatRunsHereIsAskedFirstAndTheOthersByPrice() {
        var dear = endpoint("https://dear.example/v1", 9);
        var cheap = endpoint("https://cheap.example/v1", 1);
        var here = endpoint("http://localhost:11434/v1", 100);

        assertThat(new LocalFirstStrategy().order(List.of(dear, cheap, here), KnownContext.of(1)))
                .extracting(Candidate::endpoint)
                .containsExactly(here, cheap, dear);
    }

    private static Endpoint endpoint(String url, int dollars) {
        var provider = Provider.builder("p" + dollars, "openai")
                .baseUrl(URI.create(url))
                .build();
        return Endpoint.builder(new ModelId("a", "b", ""), provider)
                .price(Price.perMillionTokens(BigDecimal.valueOf(dollars), BigDecimal.valueOf(dollars)))
                .build();
    }
}
