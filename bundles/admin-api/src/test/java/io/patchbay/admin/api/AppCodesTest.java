package io.patchbay.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.ledger.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Codes with which apps get keys. */
class AppCodesTest {
    /** RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final AppCodes.Grant GRANT = new AppCodes.Grant(
            ApiKey.builder("id", Instant.EPOCH).build(),
            "app",
            Optional.empty(),
            Budget.Period.ALWAYS,
            Optional.empty());

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final AppCodes codes = new AppCodes(() -> now);

    private String issue(AppCodes.Method method, String challenge) {
        return codes.issue(GRANT, Optional.of(challenge), method);
    }

    @Test
    void areGoodOnceForWhoeverHasTheVerifier() {
        var code = issue(AppCodes.Method.S256, CHALLENGE);

        assertThat(codes.redeem(code, Optional.of(VERIFIER))).isSameAs(GRANT);
        assertThatThrownBy(() -> codes.redeem(code, Optional.of(VERIFIER)))
                .hasMessageContaining("Invalid code or code_verifier");
    }

    @Test
    void areGoodForNobodyElse() {
        for (var verifier : new String[] {"another", CHALLENGE, ""}) {
            var code = issue(AppCodes.Method.S256, CHALLENGE);
            assertThatThrownBy(() -> codes.redeem(code, Optional.of(verifier).filter(text -> !text.isEmpty())))
                    .hasMessageContaining("Invalid code or code_verifier");
            // Who guesses spoils the code.
            assertThatThrownBy(() -> codes.redeem(code, Optional.of(VERIFIER)))
                    .hasMessageContaining("Invalid code or code_verifier");
        }
        assertThatThrownBy(() -> codes.redeem("auth_code_x", Optional.empty()))
                .hasMessageContaining("Invalid code or code_verifier");
    }

    @Test
    void mayBeProvenPlainly() {
        var code = issue(AppCodes.Method.PLAIN, VERIFIER);

        assertThat(codes.redeem(code, Optional.of(VERIFIER))).isSameAs(GRANT);
    }

    @Test
    void endAfterTenMinutes() {
        var late = issue(AppCodes.Method.PLAIN, VERIFIER);
        now = now.plus(Duration.ofMinutes(10));
        var inTime = issue(AppCodes.Method.PLAIN, VERIFIER);
        now = now.plusSeconds(1);

        assertThatThrownBy(() -> codes.redeem(late, Optional.of(VERIFIER)))
                .hasMessageContaining("Authorization code expired");
        assertThat(codes.redeem(inTime, Optional.of(VERIFIER))).isSameAs(GRANT);
    }

    @Test
    void areNotKeptWithoutBounds() {
        var first = issue(AppCodes.Method.PLAIN, VERIFIER);
        for (int i = 0; i < 10_000; i++) {
            var unused = issue(AppCodes.Method.PLAIN, VERIFIER);
        }

        assertThatThrownBy(() -> codes.redeem(first, Optional.of(VERIFIER)))
                .hasMessageContaining("Invalid code or code_verifier");
    }
}
