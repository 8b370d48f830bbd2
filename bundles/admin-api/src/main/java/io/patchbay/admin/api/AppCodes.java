package io.patchbay.admin.api;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Codes with which apps get keys that their users have allowed them: RFC 6749, 4.1, with RFC 7636 (PKCE). Each is good once,
 * for ten minutes. In memory: after a restart the user allows it again. For any thread.
 */
final class AppCodes {
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    /** The oldest go first: nobody waits that long when there are so many. */
    private static final int MOST = 10_000;

    private static final int BYTES = 32;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    AppCodes(InstantSource clock) {
        this.clock = clock;
    }

    /** How the app proves that it is the one that asked. */
    enum Method {
        /** With what hashes to the challenge. */
        S256,
        /** With the challenge itself. */
        PLAIN
    }

    /**
     * What the user has allowed.
     *
     * @param by the key with which it was allowed
     * @param label what the new key is called
     * @param limit what may be spent with it, if there is a limit
     * @param period when that begins anew
     * @param expires when it ends, if it does
     */
    record Grant(ApiKey by, String label, Optional<Money> limit, Budget.Period period, Optional<Instant> expires) {}

    private record Pending(Grant grant, Optional<String> challenge, Method method, Instant until) {}

    /** @param challenge empty if anybody who has the code may use it */
    synchronized String issue(Grant grant, Optional<String> challenge, Method method) {
        if (pending.size() >= MOST) {
            pending.remove(pending.keySet().iterator().next());
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var code = "auth_code_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        pending.put(code, new Pending(grant, challenge, method, clock.instant().plus(GOOD_FOR)));
        return code;
    }

    /** @throws FailureException FORBIDDEN if the code is none, is used, or the verifier is not its; in OpenRouter's words */
    synchronized Grant redeem(String code, Optional<String> verifier) {
        var known = pending.remove(code);
        if (known == null || !isProven(known, verifier)) {
            throw forbidden("Invalid code or code_verifier");
        }
        if (clock.instant().isAfter(known.until())) {
            throw forbidden("Authorization code expired");
        }
        return known.grant();
    }

    private static boolean isProven(Pending known, Optional<String> verifier) {
        if (known.challenge().isEmpty()) {
            return true;
        }
        if (verifier.isEmpty()) {
            return false;
        }
        var proof = known.method() == Method.S256 ? hash(verifier.get()) : verifier.get();
        return MessageDigest.isEqual(
                proof.getBytes(StandardCharsets.UTF_8), known.challenge().get().getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static FailureException forbidden(String why) {
        return Failure.of(FailureKind.FORBIDDEN, why).toException();
    }
}
