package io.patchbay.access;

import static io.patchbay.access.Store.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.failure.RateWindow;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and tokens per minute. */
class RateGateTest {
    @TempDir
    Path data;

    private Store store;
    private AccessService access;

    @BeforeEach
    void start() {
        store = new Store(DatabaseKind.SQLITE, data);
        access = store.start();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void letsInAsManyRequestsAsThereMayBeInAMinute() {
        var key = key(new RateLimits(3, 0));
        for (int i = 0; i < 3; i++) {
            access.admit(key, 1_000_000);
        }

        store.now(NOON.plusSeconds(59));
        var refused = refusal(key, 1);

        assertThat(refused.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(refused.limitSource()).contains("key_rate_limit");
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(refused.rateWindow()).contains(new RateWindow(RateWindow.Unit.REQUESTS, 3, 0, NOON.plusSeconds(60)));
        store.now(NOON.plusSeconds(60));
        for (int i = 0; i < 3; i++) {
            access.admit(key, 1);
        }
        assertThat(refusal(key, 1).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @Test
    void tokensAreWhatTheyTurnOutToBe() {
        var key = key(new RateLimits(0, 1_000));

        var first = access.admit(key, 100);
        first.settle(900);
        first.settle(900);
        access.admit(key, 100).settle(0);
        access.admit(key, 100).settle(250);

        var refused = refusal(key, 1);
        assertThat(refused.message()).contains("1000 tokens per minute");
        assertThat(refused.rateWindow().orElseThrow().unit()).isEqualTo(RateWindow.Unit.TOKENS);
        store.now(NOON.plusSeconds(60));
        assertThat(refusal(key, 851).kind())
                .as("what was used beyond the limit is missing in the next minute")
                .isEqualTo(FailureKind.RATE_LIMITED);
        access.admit(key, 850);
    }

    @Test
    void whatIsRefusedForItsTokensIsNoRequest() {
        var key = key(new RateLimits(2, 10));
        access.admit(key, 10);

        assertThat(refusal(key, 5).rateWindow().orElseThrow().unit()).isEqualTo(RateWindow.Unit.TOKENS);
        assertThat(refusal(key, 5).rateWindow().orElseThrow().unit()).isEqualTo(RateWindow.Unit.TOKENS);
        assertThat(refusal(key, 11).retryAfter())
                .as("waiting does not help a prompt that is too large")
                .isEmpty();
    }

    @Test
    void aChangedLimitCountsAtOnce() {
        var key = key(new RateLimits(1, 0));
        access.admit(key, 1);
        assertThat(refusal(key, 1).kind()).isEqualTo(FailureKind.RATE_LIMITED);

        var changed = access.change(key.id(), builder -> builder.rateLimits(new RateLimits(2, 0)))
                .orElseThrow();

        assertThatCode(() -> access.admit(changed, 1)).doesNotThrowAnyException();
    }

    @Test
    void keysDoNotShareTheirLimits() {
        var one = key(new RateLimits(1, 0));
        var other = key(new RateLimits(1, 0));
        access.admit(one, 1);

        assertThatCode(() -> access.admit(other, 1)).doesNotThrowAnyException();
    }

    private ApiKey key(RateLimits limits) {
        return access.create(Account.OPERATOR, key -> key.name("phone").rateLimits(limits))
                .key();
    }

    private Failure refusal(ApiKey key, long tokens) {
        try {
            access.admit(key, tokens);
        } catch (FailureException refused) {
            return refused.failure();
        }
        throw new AssertionError("nobody refused");
    }
}
