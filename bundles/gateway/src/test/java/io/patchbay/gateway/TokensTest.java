package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Token;
import io.patchbay.api.adapter.TokenAdapter;
import io.patchbay.api.adapter.TokenRequest;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.UpstreamListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Provider PROVIDER = provider();

    private final List<UpstreamListener> questions = new ArrayList<>();
    private final Watch watch = new Watch();
    private final Tokens tokens = new Tokens(
            (provider, request, listener) -> {
                assertThat(provider.baseUrl()).contains(URI.create("https://tokens.example.com"));
                questions.add(listener);
                return () -> {};
            },
            watch);

    TokensTest() {
        tokens.add("toy", new ToyTokens());
    }

    @Test
    void asksOnceForAllWhoWait() {
        var first = ask();
        var second = ask();

        assertThat(questions).hasSize(1);
        assertThat(first).isNotDone();
        answer(0, "one");

        assertThat(shown(first)).isEqualTo("one");
        assertThat(shown(second)).isEqualTo("one");
        assertThat(shown(ask())).isEqualTo("one");
        assertThat(questions).hasSize(1);
    }

    @Test
    void asksForANewOneBeforeTheOldOneEndsAndShowsTheOldOneMeanwhile() {
        assertThat(ask()).isNotDone();
        answer(0, "one");

        watch.now = watch.now.plus(Duration.ofMinutes(56));

        assertThat(shown(ask())).isEqualTo("one");
        assertThat(questions).hasSize(2);
        assertThat(shown(ask())).isEqualTo("one");
        answer(1, "two");
        assertThat(shown(ask())).isEqualTo("two");
        assertThat(questions).hasSize(2);
    }

    @Test
    void waitsForANewOneWhereTheOldOneHasEnded() {
        assertThat(ask()).isNotDone();
        answer(0, "one");
        watch.now = watch.now.plus(Duration.ofHours(1));

        var waiting = ask();

        assertThat(waiting).isNotDone();
        answer(1, "two");
        assertThat(shown(waiting)).isEqualTo("two");
    }

    @Test
    void asksAgainAfterAFailureAndAfterTheProviderHasRefusedTheToken() {
        var first = ask();
        questions.get(0).failed(Failure.of(FailureKind.UNREACHABLE, "No connection."));
        assertThat(failure(first).kind()).isEqualTo(FailureKind.UNREACHABLE);

        var second = ask();
        answer(1, "one");
        assertThat(shown(second)).isEqualTo("one");

        tokens.forget(PROVIDER);
        assertThat(ask()).isNotDone();
        assertThat(questions).hasSize(3);
    }

    @Test
    void callsARefusedKeyWhatItIs() {
        var waiting = ask();
        questions.get(0).head(400, Headers.none());
        questions.get(0).frames(List.of(Frame.of("{\"error\":\"invalid_grant\"}")));
        questions.get(0).ended();

        assertThat(failure(waiting).kind()).isEqualTo(FailureKind.UPSTREAM_AUTH);
    }

    @Test
    void asksAnewForAProviderThatIsConfiguredOtherwise() {
        assertThat(ask()).isNotDone();
        answer(0, "one");

        assertThat(tokens.token(provider()).toCompletableFuture()).isNotDone();
        assertThat(questions).hasSize(2);
    }

    @Test
    void failsWhereNobodyTradesTokens() {
        var stranger = Provider.builder("p", "a").token("nobody").build();

        assertThat(failure(tokens.token(stranger).toCompletableFuture()).kind()).isEqualTo(FailureKind.UPSTREAM_AUTH);
    }

    private CompletableFuture<Credential> ask() {
        return tokens.token(PROVIDER).toCompletableFuture();
    }

    private void answer(int question, String token) {
        questions.get(question).head(200, Headers.none());
        questions.get(question).frames(List.of(Frame.of(token)));
        questions.get(question).ended();
    }

    private static String shown(CompletableFuture<Credential> credential) {
        assertThat(credential).isCompleted();
        return credential.join().token().orElseThrow().reveal();
    }

    private static Failure failure(CompletableFuture<Credential> credential) {
        assertThat(credential).isCompletedExceptionally();
        return credential.handle((none, thrown) -> Tokens.failure(thrown)).join();
    }

    private static Provider provider() {
        return Provider.builder("p", "a")
                .token("toy")
                .credential(Secret.of("key"))
                .build();
    }

    private static final class ToyTokens implements TokenAdapter {
        @Override
        public TokenRequest encode(Provider provider, Credential credential) {
            return new TokenRequest(
                    URI.create("https://tokens.example.com"),
                    UpstreamRequest.form("/token", Headers.none(), new byte[0]));
        }

        @Override
        public Token decode(byte[] body) {
            return new Token(Secret.of(new String(body, StandardCharsets.UTF_8)), Duration.ofHours(1));
        }
    }

    private static final class Watch extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
