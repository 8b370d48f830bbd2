package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.tokens.PromptLength;
import io.patchbay.api.tokens.TokenCounter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a prompt is, as far as a route depends on it: from its size, which is quick; counted where it might be too long
 * for somebody who serves the model. For any thread.
 */
final class PromptTokens {
    private static final Logger log = LoggerFactory.getLogger(PromptTokens.class);
    /** What a prompt reckoned from its size may be of what it really is, and the other way round. */
    private static final int DOUBT = 2;

    private final Slot<TokenCounter> counter;

    PromptTokens(Slot<TokenCounter> counter) {
        this.counter = counter;
    }

    /**
     * The length of a prompt.
     *
     * @param isCounted whether it is more than a guess
     */
    record Length(long tokens, boolean isCounted) {}

    Length of(ModelRequest request, List<Choice> choices) {
        long guess = UsageEstimate.promptTokens(request);
        return request instanceof ChatRequest chat && isInDoubt(guess, chat, choices)
                ? counted(chat).orElseGet(() -> new Length(guess, false))
                : new Length(guess, false);
    }

    /** Whether the guess would keep an endpoint out, or just let it in, that the truth might not. */
    private static boolean isInDoubt(long guess, ChatRequest request, List<Choice> choices) {
        long most = guess * DOUBT + request.maxTokens().orElse(0);
        for (var choice : choices) {
            for (var endpoint : choice.endpoints()) {
                if (isLess(endpoint.contextLength(), most)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLess(OptionalLong context, long tokens) {
        return context.isPresent() && context.getAsLong() < tokens;
    }

    private Optional<Length> counted(ChatRequest request) {
        try {
            return counter.get().map(one -> new Length(PromptLength.count(request, one), true));
        } catch (RuntimeException | LinkageError defect) {
            // It may have been uninstalled meanwhile; a guess is good enough then.
            log.debug("A prompt could not be counted", defect);
            return Optional.empty();
        }
    }
}
