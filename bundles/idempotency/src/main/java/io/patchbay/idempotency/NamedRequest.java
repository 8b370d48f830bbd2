package io.patchbay.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.idempotency.Idempotency;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A request that its client has given a name.
 *
 * @param id tells it from those of other names and of other API keys; the keys can't be found from it
 * @param fingerprint of what is asked for
 */
record NamedRequest(String id, String fingerprint) {
    private static final int LONGEST_NAME = 255;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int GENERATION_LENGTH = 20;

    /**
     * What is named, if it is; a request without an API key has no name.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if the name is empty or too long
     */
    static Optional<NamedRequest> of(HttpRequest request) {
        var name = request.header(Idempotency.HEADER).map(String::strip);
        var token = request.bearerToken();
        if (name.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        if (name.get().isEmpty() || name.get().length() > LONGEST_NAME) {
            throw Failure.invalid(
                            Idempotency.HEADER,
                            "%s must have 1 to %d characters.".formatted(Idempotency.HEADER, LONGEST_NAME))
                    .toException();
        }
        var id = hash(token.get().getBytes(UTF_8), name.get().getBytes(UTF_8));
        var fingerprint = hash(request.path().getBytes(UTF_8), request.body());
        return Optional.of(
                new NamedRequest(HexFormat.of().formatHex(id), HexFormat.of().formatHex(fingerprint)));
    }

    /** The id of the generation that answers it on some day (UTC). It looks like any other. */
    String generation(LocalDate day) {
        long second = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        var hash = hash(id.getBytes(UTF_8), day.toString().getBytes(UTF_8));
        var generation = new StringBuilder("gen-").append(second).append('-');
        for (int i = 0; i < GENERATION_LENGTH; i++) {
            generation.append(ALPHABET.charAt(Byte.toUnsignedInt(hash[i]) % ALPHABET.length()));
        }
        return generation.toString();
    }

    /** SHA-256 of two parts. */
    private static byte[] hash(byte[] first, byte[] second) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            digest.update((byte) 0);
            return digest.digest(second);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
