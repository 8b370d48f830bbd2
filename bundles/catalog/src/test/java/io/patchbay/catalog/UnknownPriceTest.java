package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus.State;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of models whose price nobody has told. */
class UnknownPriceTest {
    private static final String OPEN = "base-url=http://127.0.0.1:1/v1;credential-required=false";

    private final CatalogFixture fixture = new CatalogFixture();

    @Test
    void areKnownButHaveNoPriceAndTheOperatorIsToldWhatToDo() {
        fixture.write("acme", OPEN);
        fixture.transport.latest().answer(200, "one two");

        assertThat(fixture.listed()).containsExactly("acme:acme/one", "acme:acme/two");
        assertThat(fixture.endpoint("acme/one").price()).isEmpty();
        assertThat(fixture.status("acme").state()).isEqualTo(State.NO_PRICE);
        assertThat(fixture.status("acme").detail())
                .isEqualTo("It says itself what its models are. 2 of 2 models have no price and get no requests: set"
                        + " price-prompt and price-completion, or unknown-price = free, in its file.");
    }

    @Test
    void aProviderOfWhichSomePricesAreKnownIsReady() {
        fixture.write("acme", OPEN + ";models=acme/one, acme/two;price.acme/two=1,2");

        assertThat(fixture.status("acme").state()).isEqualTo(State.READY);
        assertThat(fixture.status("acme").detail())
                .endsWith("1 of 2 models have no price and get no requests: set price.author/name of each, or"
                        + " unknown-price = free, in its file.");
    }

    @Test
    void areFreeWhereTheProvidersFileSaysSo() {
        fixture.write("acme", OPEN + ";models=acme/one, acme/two;price.acme/two=1,2;unknown-price=free");

        assertThat(fixture.endpoint("acme/one").price()).contains(Price.FREE);
        assertThat(fixture.endpoint("acme/two").price()).contains(price("1", "2"));
        assertThat(fixture.status("acme").detail()).isEqualTo("Its file lists its models.");
    }

    @Test
    void costTheCeilingWhereThatIsThePolicy() {
        fixture.write("acme", OPEN + ";models=acme/one");
        fixture.write("mine", OPEN + ";models=mine/one;unknown-price=free");
        fixture.write("strict", OPEN + ";models=strict/one;unknown-price=refuse");

        policy("ceiling", "10", "40");

        var price = fixture.endpoint("acme/one").price().orElseThrow();
        assertThat(price.isCeiling()).isTrue();
        assertThat(price.prompt()).isEqualByComparingTo("0.00001");
        assertThat(price.completion()).isEqualByComparingTo("0.00004");
        assertThat(fixture.endpoint("mine/one").price()).contains(Price.FREE);
        assertThat(fixture.endpoint("strict/one").price()).isEmpty();
    }

    @Test
    void aCeilingThatIsNotConfiguredIsNoPrice() {
        fixture.write("acme", OPEN + ";models=acme/one;unknown-price=ceiling");

        assertThat(fixture.endpoint("acme/one").price()).isEmpty();
        assertThat(fixture.status("acme").detail())
                .endsWith("unknown-price = ceiling needs unknown-price-prompt and unknown-price-completion in"
                        + " io.patchbay.catalog.cfg.");

        policy("refuse", "1", "2");
        assertThat(fixture.endpoint("acme/one").price().orElseThrow().isCeiling())
                .isTrue();
    }

    @Test
    void aPolicyThatIsWrongChangesNothing() {
        fixture.write("acme", OPEN + ";models=acme/one");
        policy("free", "", "");

        policy("fre", "", "");
        policy("ceiling", "", "");
        policy("ceiling", "1", "");
        policy("refuse", "-1", "1");

        assertThat(fixture.endpoint("acme/one").price()).contains(Price.FREE);
    }

    @Test
    void thePolicyHoldsForWhatBundlesBringAlongToo() {
        var local = Endpoint.builder(
                        ModelId.parse("local/one"),
                        Provider.builder("local", "openai").build())
                .build();
        fixture.catalog.bindSource(() -> List.of(local));
        assertThat(fixture.endpoint("local/one").price()).isEmpty();
        assertThat(fixture.status("local").state()).isEqualTo(State.NO_PRICE);
        assertThat(fixture.status("local").detail()).contains("set unknown-price in io.patchbay.catalog.cfg");

        policy("free", "", "");

        assertThat(fixture.endpoint("local/one").price()).contains(Price.FREE);
        assertThat(fixture.status("local").state()).isEqualTo(State.READY);
    }

    @Test
    void whatWasDiscoveredStaysWhenThePolicyChanges() {
        fixture.write("acme", OPEN);
        fixture.transport.latest().answer(200, "one");

        policy("free", "", "");

        assertThat(fixture.endpoint("acme/one").price()).contains(Price.FREE);
    }

    private void policy(String word, String prompt, String completion) {
        Map<String, String> file = new HashMap<>();
        file.put("unknown-price", word);
        file.put("unknown-price-prompt", prompt);
        file.put("unknown-price-completion", completion);
        fixture.catalog.price(Settings.of(file));
    }

    private static Price price(String prompt, String completion) {
        return Price.perMillionTokens(new BigDecimal(prompt), new BigDecimal(completion));
    }
}
