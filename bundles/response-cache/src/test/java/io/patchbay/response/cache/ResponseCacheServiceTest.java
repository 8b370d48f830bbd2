package io.patchbay.response.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept, and how long. */
class ResponseCacheServiceTest {
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    private final ResponseCacheService cache = new ResponseCacheService(100_000, 20_000, () -> now);

    private CachedAnswer answer(int size, Duration ttl) {
        var json = JsonView.parse("{\"a\":\"" + "x".repeat(size) + "\"}");
        return new CachedAnswer("gen-1", "a/b", "P", now, ttl, List.of(json));
    }

    @Test
    void isKeptForAsLongAsItsClientWants() {
        cache.keep("short", answer(10, Duration.ofSeconds(5)));
        cache.keep("long", answer(10, Duration.ofHours(5)));
        now = now.plusSeconds(4);
        assertThat(cache.find("short")).isPresent();

        now = now.plusSeconds(2);

        assertThat(cache.find("short")).isEmpty();
        assertThat(cache.find("long")).isPresent();
        cache.forget("long");
        assertThat(cache.find("long")).isEmpty();
    }

    @Test
    void isKeptAnewFromWhenItWasGivenAnew() {
        cache.keep("a", answer(10, Duration.ofSeconds(5)));
        now = now.plusSeconds(4);
        cache.keep("a", answer(10, Duration.ofSeconds(60)));
        now = now.plusSeconds(30);

        assertThat(cache.find("a")).isPresent();
    }

    @Test
    void isNotKeptBeyondItsBounds() {
        cache.keep("large", answer(20_000, Duration.ofHours(1)));
        assertThat(cache.find("large")).isEmpty();

        for (int i = 0; i < 100; i++) {
            cache.keep("a" + i, answer(10_000, Duration.ofHours(1)));
        }

        long kept = IntStream.range(0, 100)
                .filter(i -> cache.find("a" + i).isPresent())
                .count();
        assertThat(kept).isBetween(1L, 10L);
    }
}
