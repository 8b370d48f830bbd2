package io.patchbay.api.tokens;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Counts tokens with the vocabulary of one family of models. Others are near: their counts are seldom more than a quarter
 * away. For any thread.
 */
@ProviderType
public interface TokenCounter {
    /** How many tokens a text is. Takes about a millisecond for ten thousand characters, and longer the first time. */
    long count(String text);
}
