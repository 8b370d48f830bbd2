package io.patchbay.testkit;

import io.patchbay.api.pipeline.Room;
import java.util.OptionalLong;

/**
 * What is known of those who serve a request's models, for tests of plugins: they take no content beside text.
 *
 * @param promptTokens how long the prompt is
 * @param longestContext see {@link Room#longestContext()}
 */
public record FakeRoom(long promptTokens, OptionalLong longestContext) implements Room {
    /** A short prompt, and models of which nothing is known. */
    public static final FakeRoom UNKNOWN = new FakeRoom(10, OptionalLong.empty());

    @Override
    public boolean isTaken(String content) {
        return false;
    }
}
