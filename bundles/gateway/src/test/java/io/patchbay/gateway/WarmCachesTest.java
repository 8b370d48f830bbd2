package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Choice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarmCachesTest {
    private static final Usage FROM_CACHE = Usage.of(JsonView.parse("""
            {"prompt_tokens":900,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":800}}"""));
    private static final Usage NOT_FROM_CACHE =
            Usage.of(JsonView.parse("{\"prompt_tokens\":900,\"completion_tokens\":9}"));

    private static final String HELLO =
            "{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hello!\"}";
    private static final ChatRequest FIRST = chat("\"messages\":[" + HELLO + "]");
    private static final ChatRequest SECOND = chat("\"messages\":[" + HELLO
            + ",{\"role\":\"assistant\",\"content\":\"Hi.\"},{\"role\":\"user\",\"content\":\"Why?\"}]");
    private static final ChatRequest OTHER = chat("\"messages\":[{\"role\":\"user\",\"content\":\"Hello there!\"}]");

    private final AtomicLong nanos = new AtomicLong();
    private final WarmCaches caches = new WarmCaches(nanos::get);
    private final Endpoint one = endpoint("one", "0.1");
    private final Endpoint two = endpoint("two", "0.1");

    @Test
    void aConversationGoesOnWhereItWasReadFromTheCache() {
        caches.answered("acme", FIRST, two, FROM_CACHE);

        assertThat(holding("acme", SECOND)).containsExactly("two:a/b");
        assertThat(holding("acme", OTHER)).isEmpty();
        assertThat(holding("other account", SECOND)).isEmpty();
    }

    @Test
    void oneThatWasNotReadFromTheCacheMayGoOnElsewhere() {
        caches.answered("acme", FIRST, two, NOT_FROM_CACHE);

        assertThat(holding("acme", SECOND)).isEmpty();
    }

    @Test
    void aSessionStaysFromTheFirstAnswerOnWhateverIsSaid() {
        caches.answered("acme", chat("\"session_id\":\"s\",\"messages\":[]"), one, NOT_FROM_CACHE);

        assertThat(holding("acme", chat("\"session_id\":\"s\",\"messages\":[" + HELLO + "]")))
                .containsExactly("one:a/b");
        assertThat(holding("acme", chat("\"session_id\":\"t\",\"messages\":[]")))
                .isEmpty();
    }

    @Test
    void requestsWithTheSamePromptCacheKeyBelongTogether() {
        caches.answered("acme", chat("\"prompt_cache_key\":\"k\",\"messages\":[]"), one, FROM_CACHE);

        assertThat(holding("acme", chat("\"prompt_cache_key\":\"k\",\"messages\":[" + HELLO + "]")))
                .containsExactly("one:a/b");
    }

    @Test
    void aCacheThatSavesNothingIsNotWorthIt() {
        caches.answered("acme", FIRST, endpoint("two", "1"), FROM_CACHE);

        assertThat(holding("acme", SECOND)).isEmpty();
    }

    @Test
    void isForgottenTenMinutesAfterTheLastAnswer() {
        caches.answered("acme", FIRST, two, FROM_CACHE);
        pass(Duration.ofMinutes(9));
        caches.answered("acme", SECOND, two, FROM_CACHE);
        pass(Duration.ofMinutes(9));
        assertThat(holding("acme", SECOND)).containsExactly("two:a/b");

        pass(Duration.ofMinutes(2));
        assertThat(holding("acme", SECOND)).isEmpty();
    }

    private Set<String> holding(String account, ChatRequest request) {
        return caches.holding(account, request, List.of(Choice.of(List.of(one, two))));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static ChatRequest chat(String fields) {
        return ChatRequest.of(JsonView.parse("{\"model\":\"a/b\"," + fields + '}'));
    }

    /** @param fromCache dollars for a million prompt tokens read from the cache; others cost $1 */
    private static Endpoint endpoint(String provider, String fromCache) {
        return Endpoint.builder(
                        new ModelId("a", "b", ""),
                        Provider.builder(provider, "test").build())
                .price(Price.builder()
                        .perMillion(Price.Unit.PROMPT, BigDecimal.ONE)
                        .perMillion(Price.Unit.CACHE_READ, new BigDecimal(fromCache))
                        .build())
                .build();
    }
}
