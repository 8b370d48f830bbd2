package io.patchbay.gateway;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Makes generation ids of OpenRouter's form: {@code gen-<unix seconds>-<20 letters and digits>}. The first two of these say
 * which part of the second it is, so that ids are in the order of time: in a database's index those that are made together
 * stand together, and are written together. The others are random, more than 100 bits of them.
 */
final class GenerationIds {
    private static final char[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int RANDOM_LENGTH = 18;
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private GenerationIds() {}

    static String next(Instant now, RandomGenerator random) {
        var id = new StringBuilder(35)
                .append("gen-")
                .append(now.getEpochSecond())
                .append('-');
        long base = ALPHABET.length;
        long part = now.getNano() * base * base / NANOS_A_SECOND;
        id.append(ALPHABET[(int) (part / base)]).append(ALPHABET[(int) (part % base)]);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            id.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return id.toString();
    }
}
