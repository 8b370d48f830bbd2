package io.patchbay.catalog;

import static io.patchbay.catalog.CatalogFixture.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.ProviderStatus.State;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogServiceTest {
    private static final Map<String, Object> LOCAL = Map.of(ChatAdapter.NAME, "local");
    private static final Duration ALMOST = CatalogService.RETENTION.minusMillis(1);

    private final CatalogFixture fixture = new CatalogFixture();

    @Test
    void findsAllProvidersOfAModel() {
        fixture.writeOpen("beta", "meta/llama, meta/other");
        fixture.writeOpen("alpha", "meta/llama");

        assertThat(fixture.found("meta/llama")).containsExactly("alpha:meta/llama", "beta:meta/llama");
        assertThat(fixture.found("meta/none")).isEmpty();
        assertThat(fixture.listed()).containsExactly("alpha:meta/llama", "beta:meta/llama", "beta:meta/other");
    }

    @Test
    void aVariantIsAModelOfItsOwn() {
        fixture.writeOpen("acme", "meta/llama, meta/llama:free");

        assertThat(fixture.found("meta/llama:free")).containsExactly("acme:meta/llama:free");
        assertThat(fixture.found("meta/llama")).containsExactly("acme:meta/llama");
        assertThat(fixture.found("meta/llama:batch"))
                .as("who asks for another price does not get this one")
                .isEmpty();
    }

    @Test
    void keepsTheEndpointsOfABundleFindableWhileItIsReplaced() {
        fixture.catalog.bindLocalModel(LOCAL);
        var source = CatalogFixture.source("sandbox", "local", "sandbox/echo");
        fixture.catalog.bindSource(source);
        assertThat(fixture.listed()).containsExactly("sandbox:sandbox/echo");

        fixture.catalog.unbindSource(source);
        fixture.catalog.unbindLocalModel(LOCAL);

        assertThat(fixture.listed()).isEmpty();
        fixture.timer.advance(ALMOST);
        assertThat(fixture.found("sandbox/echo")).containsExactly("sandbox:sandbox/echo");
        fixture.timer.advance(Duration.ofMillis(1));
        assertThat(fixture.found("sandbox/echo")).isEmpty();
    }

    @Test
    void replacesTheEndpointsOfABundleAtOnceWhenItReturns() {
        fixture.catalog.bindLocalModel(LOCAL);
        var old = CatalogFixture.source("sandbox", "local", "sandbox/echo", "sandbox/dropped");
        fixture.catalog.bindSource(old);
        fixture.catalog.unbindSource(old);

        var renewed = CatalogFixture.source("sandbox", "local", "sandbox/echo");
        fixture.catalog.bindSource(renewed);

        assertThat(fixture.endpoint("sandbox/echo"))
                .isSameAs(renewed.endpoints().get(0));
        assertThat(fixture.found("sandbox/dropped")).isEmpty();
        fixture.timer.advance(CatalogService.RETENTION);
        assertThat(fixture.listed()).containsExactly("sandbox:sandbox/echo");
    }

    @Test
    void offersNothingThatNoAdapterCanServe() {
        fixture.catalog.bindSource(CatalogFixture.source("sandbox", "local", "sandbox/echo"));

        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.found("sandbox/echo")).isEmpty();
        assertThat(fixture.status("sandbox").state()).isEqualTo(State.NO_ADAPTER);

        fixture.catalog.bindLocalModel(LOCAL);

        assertThat(fixture.listed()).containsExactly("sandbox:sandbox/echo");
        assertThat(fixture.status("sandbox").state()).isEqualTo(State.READY);
    }

    @Test
    void keepsEndpointsFindableForAWhileAfterTheirAdapterWent() {
        fixture.writeOpen("acme", "meta/llama");

        fixture.catalog.unbindChatAdapter(OPENAI);

        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.status("acme").state()).isEqualTo(State.NO_ADAPTER);
        fixture.timer.advance(ALMOST);
        assertThat(fixture.found("meta/llama")).hasSize(1);
        fixture.timer.advance(Duration.ofMillis(1));
        assertThat(fixture.found("meta/llama")).isEmpty();
        fixture.catalog.bindChatAdapter(OPENAI);
        assertThat(fixture.listed()).hasSize(1);
    }

    @Test
    void seesNoGapWhereTheNewAdapterComesBeforeTheOldOneGoes() {
        fixture.writeOpen("acme", "meta/llama");

        fixture.catalog.bindChatAdapter(OPENAI);
        fixture.catalog.unbindChatAdapter(OPENAI);

        assertThat(fixture.listed()).hasSize(1);
    }

    @Test
    void startsTheWaitAnewWhenAnAdapterGoesAgain() {
        fixture.writeOpen("acme", "meta/llama");
        fixture.catalog.unbindChatAdapter(OPENAI);
        fixture.timer.advance(Duration.ofSeconds(20));
        fixture.catalog.bindChatAdapter(OPENAI);
        fixture.catalog.unbindChatAdapter(OPENAI);

        fixture.timer.advance(Duration.ofSeconds(20));

        assertThat(fixture.found("meta/llama")).hasSize(1);
    }

    @Test
    void survivesABundleThatCannotSayWhatItOffers() {
        fixture.catalog.bindSource(() -> {
            throw new IllegalStateException("broken");
        });
        fixture.writeOpen("acme", "meta/llama");

        assertThat(fixture.listed()).hasSize(1);
    }

    @Test
    void listsProvidersByName() {
        fixture.writeOpen("beta", "a/b");
        fixture.catalog.bindSource(CatalogFixture.source("gamma", "openai", "g/h", "g/i"));
        fixture.writeOpen("alpha", "a/b");

        assertThat(fixture.catalog.providers().stream().map(ProviderStatus::provider))
                .extracting(Object::toString)
                .containsExactly("alpha", "beta", "gamma");
        assertThat(fixture.status("gamma").endpoints()).isEqualTo(2);
    }

    @Test
    void neverShowsAMomentWithoutTheModelWhileItsFileIsEdited() throws InterruptedException {
        fixture.writeOpen("acme", "meta/llama");
        var stop = new AtomicBoolean();
        var lookups = new AtomicInteger();
        var misses = new AtomicInteger();
        var reader = new Thread(() -> {
            while (!stop.get()) {
                lookups.incrementAndGet();
                misses.addAndGet(fixture.found("meta/llama").size() == 1 ? 0 : 1);
            }
        });
        reader.start();
        for (int i = 0; i < 500 || lookups.get() < 1_000; i++) {
            fixture.writeOpen("acme", "meta/llama, meta/other" + i);
        }
        stop.set(true);
        reader.join();

        assertThat(misses).hasValue(0);
    }

    @Test
    void looksUpAsFastInALargeCatalogAsInASmallOne() {
        var models = IntStream.range(0, 20_000).mapToObj(i -> "m/m" + i).collect(Collectors.joining(","));
        fixture.writeOpen("acme", models);

        assertThat(fixture.catalog.endpoints()).hasSize(20_000);
        assertThat(fixture.catalog.endpoints()).isSameAs(fixture.catalog.endpoints());
        assertThat(fixture.found("m/m19999")).hasSize(1);
    }
}
