package io.patchbay.api.access;

import java.time.Instant;

/**
 * An API key without its secret.
 *
 * @param id names it: the hexadecimal hash under which it is stored
 * @param label shows it: {@code sk-pb-v1-abc...123}
 * @param name what its owner calls it
 * @param purpose what it is good for
 * @param created when it was made
 */
public record ApiKey(String id, String label, String name, Purpose purpose, Instant created) {
    /** What a key is good for. One that manages can't infer. */
    public enum Purpose {
        /** Generations. */
        INFERENCE,
        /** Keys, credits and everything else that is not a generation. */
        MANAGEMENT
    }
}
