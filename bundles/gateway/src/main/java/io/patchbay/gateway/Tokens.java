package io.patchbay.gateway;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.adapter.Redaction;
import io.patchbay.api.adapter.Token;
import io.patchbay.api.adapter.TokenAdapter;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.Transport;
import io.patchbay.api.transport.UpstreamListener;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is shown to providers: the operator's key, or a token that was got for it. Of each provider's token one is kept,
 * and asked for by one request, however many wait. For any thread.
 */
final class Tokens {
    private static final Logger log = LoggerFactory.getLogger(Tokens.class);

    /** A new one is asked for this long before the old one ends. */
    private static final Duration EARLY = Duration.ofMinutes(5);
    /** A token that ends while the request is under way is of no use. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final Transport transport;
    private final Clock clock;
    private final Map<String, TokenAdapter> adapters = new ConcurrentHashMap<>();
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Tokens(Transport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    private record Dated(Credential credential, Instant ends) {
        boolean isGoodAt(Instant time) {
            return ends.isAfter(time);
        }
    }

    /** A question for a token and its answer, and until that comes the token before it. */
    private static final class Kept {
        /** As it was configured then: another object means another configuration. */
        private final Provider provider;

        private final CompletableFuture<Dated> answer = new CompletableFuture<>();
        private final @Nullable Dated before;

        Kept(Provider provider, @Nullable Kept before) {
            this.provider = provider;
            this.before = before != null && before.isFor(provider) && before.isAnswered() ? before.answer.join() : null;
        }

        @SuppressWarnings("ReferenceEquality")
        boolean isFor(Provider asked) {
            return provider == asked;
        }

        boolean isAnswered() {
            return answer.isDone() && !answer.isCompletedExceptionally();
        }

        boolean isGoodAt(Instant time) {
            return !answer.isDone() || isAnswered() && answer.join().isGoodAt(time);
        }

        CompletionStage<Credential> credential(Instant now) {
            return before != null && !answer.isDone() && before.isGoodAt(now.plus(LATE))
                    ? CompletableFuture.completedStage(before.credential())
                    : answer.thenApply(Dated::credential);
        }
    }

    void add(String name, TokenAdapter adapter) {
        adapters.put(name, adapter);
    }

    void remove(TokenAdapter adapter) {
        adapters.values().remove(adapter);
    }

    /** The operator's key as it is. */
    Credential key(Provider provider) {
        return provider.credential()
                .map(secret -> Credential.apiKey(secret).at(clock.instant()))
                .orElseGet(Credential::none);
    }

    /** A token for the operator's key; fails with {@link FailureException} if none can be had. */
    CompletionStage<Credential> token(Provider provider) {
        var now = clock.instant();
        var there = kept.get(name(provider));
        if (there != null && there.isFor(provider) && there.isGoodAt(now.plus(EARLY))) {
            return there.credential(now);
        }
        var next = new Kept(provider, there);
        boolean isFirst = there == null
                ? kept.putIfAbsent(name(provider), next) == null
                : kept.replace(name(provider), there, next);
        if (!isFirst) {
            return token(provider);
        }
        ask(next, now);
        return next.credential(now);
    }

    /** The provider has refused it. */
    void forget(Provider provider) {
        if (provider.token().isPresent()) {
            kept.remove(name(provider));
        }
    }

    /** Of a provider that an account has a credential of its own at, every account has tokens of its own. */
    private static String name(Provider provider) {
        return provider.account()
                .map(account -> provider.name() + '@' + account)
                .orElseGet(provider::name);
    }

    /** What went wrong. */
    static Failure failure(Throwable thrown) {
        return FailureException.find(thrown).orElseGet(Tokens::noToken);
    }

    private static Failure noToken() {
        return Failure.of(FailureKind.UPSTREAM_AUTH, "The gateway could not get a token for the provider.");
    }

    private void ask(Kept asking, Instant now) {
        var provider = asking.provider;
        try {
            var adapter = adapters.get(provider.token().orElse(""));
            if (adapter == null) {
                log.warn(
                        "Provider {}: no adapter for tokens called {} is installed",
                        provider,
                        provider.token().orElse(""));
                throw noToken().toException();
            }
            var question = adapter.encode(provider, key(provider));
            var giver = Provider.builder(provider.name(), provider.adapter())
                    .baseUrl(question.baseUrl())
                    .timeouts(provider.timeouts())
                    .build();
            transport.send(giver, question.request(), new Answer(asking, adapter, now));
        } catch (RuntimeException failure) {
            giveUp(asking, failure);
        }
    }

    /** Whoever waits hears of it; the next one asks again. */
    private void giveUp(Kept asking, RuntimeException failure) {
        kept.remove(name(asking.provider), asking);
        asking.answer.completeExceptionally(failure);
    }

    private final class Answer implements UpstreamListener {
        private final Kept asking;
        private final TokenAdapter adapter;
        private final Instant asked;
        private int status;
        private byte[] body = new byte[0];

        Answer(Kept asking, TokenAdapter adapter, Instant asked) {
            this.asking = asking;
            this.adapter = adapter;
            this.asked = asked;
        }

        @Override
        public Framing head(int answered, Headers headers) {
            status = answered;
            return Framing.WHOLE;
        }

        @Override
        public CompletionStage<Void> frames(List<Frame> frames) {
            body = frames.get(0).data();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void ended() {
            try {
                asking.answer.complete(read());
            } catch (RuntimeException failure) {
                giveUp(asking, failure);
            }
        }

        private Dated read() {
            if (status >= 300) {
                var said = new String(body, StandardCharsets.UTF_8);
                log.warn("Provider {}: no token, status {}: {}", asking.provider, status, Redaction.clean(said));
                var error = ProviderError.answered(status, Headers.none(), "", "");
                throw error.toFailure(status < 500 && status != 429 ? FailureKind.UPSTREAM_AUTH : error.kindByStatus())
                        .build()
                        .toException();
            }
            Token token = adapter.decode(body);
            return new Dated(Credential.token(token.secret()).at(asked), asked.plus(token.lifetime()));
        }

        @Override
        public void failed(Failure failure) {
            giveUp(asking, failure.toException());
        }
    }
}
