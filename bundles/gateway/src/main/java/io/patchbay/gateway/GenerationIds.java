package io.patchbay.gateway;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** Makes generation ids of OpenRouter's form: {@code gen-<unix seconds>-<20 letters and digits>}. */
final class GenerationIds {
    private static final char[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int LENGTH = 20;

    private GenerationIds() {}

    static String next(Instant now, RandomGenerator random) {
        var id = new StringBuilder(35)
                .append("gen-")
                .append(now.getEpochSecond())
                .append('-');
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return id.toString();
    }
}
