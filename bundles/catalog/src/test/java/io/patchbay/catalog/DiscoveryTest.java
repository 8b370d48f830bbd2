package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.ProviderStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private static final String OPEN = "base-url=http://127.0.0.1:1/v1;credential-required=false;unknown-price=free";

    private final CatalogFixture fixture = new CatalogFixture();

    @Test
    void offersWhatTheProviderNames() {
        fixture.write("acme", OPEN + ";exclude-models=*-embed*, whisper");
        assertThat(fixture.status("acme").state()).isEqualTo(State.DISCOVERING);

        fixture.transport.latest().answer(200, "small meta/large meta/large:free models/gem text-embed-1 whisper a|b");

        assertThat(fixture.listed())
                .containsExactly("acme:acme/gem", "acme:acme/small", "acme:meta/large", "acme:meta/large:free");
        assertThat(fixture.endpoint("acme/small").upstreamModel()).isEqualTo("small");
        assertThat(fixture.endpoint("meta/large").upstreamModel()).isEqualTo("meta/large");
        assertThat(fixture.endpoint("acme/gem").upstreamModel()).isEqualTo("models/gem");
        assertThat(fixture.status("acme").state()).isEqualTo(State.READY);
        assertThat(fixture.status("acme").endpoints()).isEqualTo(4);
    }

    @Test
    void namesTheAuthorThatTheFileNames() {
        fixture.write("acme", OPEN + ";author=openai");
        fixture.transport.latest().answer(200, "small");

        assertThat(fixture.listed()).containsExactly("acme:openai/small");
    }

    @Test
    void asksAgainAfterTheInterval() {
        fixture.write("acme", OPEN + ";discovery-interval=1m");
        fixture.transport.latest().answer(200, "one");

        fixture.timer.advance(Duration.ofSeconds(59));
        assertThat(fixture.transport.exchanges).hasSize(1);
        fixture.timer.advance(Duration.ofSeconds(1));
        fixture.transport.latest().answer(200, "two");

        assertThat(fixture.listed()).containsExactly("acme:acme/two");
    }

    @Test
    void asksSoonAfterAFailureAndThenLessAndLessOften() {
        fixture.write("acme", OPEN + ";discovery-interval=5s");

        fixture.transport.latest().fail();
        assertThat(fixture.status("acme").state()).isEqualTo(State.UNREACHABLE);
        assertThat(fixture.status("acme").detail()).contains("No connection");
        for (int seconds : new int[] {1, 2, 4, 5, 5}) {
            int before = fixture.transport.exchanges.size();
            fixture.timer.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(fixture.transport.exchanges).hasSize(before);
            fixture.timer.advance(Duration.ofMillis(1));
            assertThat(fixture.transport.exchanges).hasSize(before + 1);
            fixture.transport.latest().answer(503, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"503 x", "301 x", "200 <html>"})
    void keepsWhatItKnowsWhenAskingFails(String answer) {
        fixture.write("acme", OPEN);
        fixture.transport.latest().answer(200, "one");
        fixture.timer.advance(Duration.ofMinutes(10));

        fixture.transport.latest().answer(Integer.parseInt(answer.substring(0, 3)), answer.substring(4));

        assertThat(fixture.listed()).containsExactly("acme:acme/one");
        assertThat(fixture.status("acme").state()).isEqualTo(State.READY);
        assertThat(fixture.status("acme").detail()).contains("Asked for its models");
    }

    @Test
    void goesOnOfferingItsModelsThroughAnEdit() {
        fixture.write("acme", OPEN);
        fixture.transport.latest().answer(200, "one");

        fixture.write("acme", OPEN + ";idle-timeout=5s");

        assertThat(fixture.endpoint("acme/one").provider().timeouts().idle()).isEqualTo(Duration.ofSeconds(5));
        fixture.transport.latest().answer(200, "two");
        assertThat(fixture.listed()).containsExactly("acme:acme/two");
    }

    @Test
    void ignoresTheAnswerToAQuestionOfAnOlderConfiguration() {
        fixture.write("acme", OPEN);
        var old = fixture.transport.latest();

        fixture.write("acme", OPEN + ";author=x");
        old.answer(200, "stale");

        assertThat(old.cancelled).isTrue();
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void asksAsSoonAsThereIsAWay() {
        fixture.catalog.unbindTransport(fixture.transport);
        fixture.write("acme", OPEN);
        assertThat(fixture.transport.exchanges).isEmpty();

        fixture.catalog.bindTransport(fixture.transport);
        fixture.timer.advance(Duration.ZERO);

        assertThat(fixture.transport.exchanges).hasSize(1);
    }

    @Test
    void asksOnceMoreWhenTheTransportIsReplacedInTheMiddle() {
        fixture.write("acme", OPEN);
        var lost = fixture.transport.latest();
        var next = new FakeTransport();

        fixture.catalog.bindTransport(next);
        fixture.catalog.unbindTransport(fixture.transport);
        fixture.timer.advance(Duration.ZERO);
        next.latest().answer(200, "one");

        assertThat(lost.cancelled).isTrue();
        assertThat(fixture.listed()).containsExactly("acme:acme/one");
    }

    @Test
    void neverAsksWithoutACredential() {
        fixture.write("acme", "base-url=http://127.0.0.1:1/v1");

        assertThat(fixture.transport.exchanges).isEmpty();
    }

    @Test
    void stopsAskingWhenTheFileGoes() {
        fixture.write("acme", OPEN);
        fixture.transport.latest().answer(200, "one");

        fixture.delete("acme");
        fixture.timer.advance(Duration.ofHours(1));

        assertThat(fixture.transport.exchanges).hasSize(1);
        assertThat(fixture.found("acme/one")).isEmpty();
    }
}
