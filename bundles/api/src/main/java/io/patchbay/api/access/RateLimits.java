package io.patchbay.api.access;

/**
 * How much an API key may ask within a minute.
 *
 * @param requests generations per minute; 0 for any number
 * @param tokens tokens per minute, of prompts and answers together; 0 for any number
 */
public record RateLimits(long requests, long tokens) {
    /** No limits. */
    public static final RateLimits NONE = new RateLimits(0, 0);

    /** Checks the numbers. */
    public RateLimits {
        if (requests < 0 || tokens < 0) {
            throw new IllegalArgumentException(requests + " requests, " + tokens + " tokens");
        }
    }
}
