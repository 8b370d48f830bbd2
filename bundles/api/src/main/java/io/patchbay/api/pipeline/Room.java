package io.patchbay.api.pipeline;

import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How long a prompt is, and what those who serve its models have room for: how long it may be, what it may hold. For one
 * thread; computed when asked for.
 */
@ProviderType
public interface Room {
    /** Tokens of the prompt, about. */
    long promptTokens();

    /**
     * Tokens that prompt and answer may have with whoever has most room of those that serve the models; empty if that
     * is unknown of any of them, who may then have more.
     */
    OptionalLong longestContext();

    /**
     * Whether any of those that serve the models is known to take such content, in the words of {@link
     * io.patchbay.api.chat.ChatRequest#contents()}.
     */
    boolean isTaken(String content);
}
