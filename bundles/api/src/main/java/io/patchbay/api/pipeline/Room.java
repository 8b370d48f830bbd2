package io.patchbay.api.pipeline;

import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** How long a prompt is, and how long it may be. For one thread; computed when asked for. */
@ProviderType
public interface Room {
    /** Tokens of the prompt, about. */
    long promptTokens();

    /**
     * Tokens that prompt and answer may have with whoever has most room of those that serve the models; empty if that
     * is unknown of any of them, who may then have more.
     */
    OptionalLong longestContext();
}
