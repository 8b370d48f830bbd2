package io.patchbay.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.routing.Choice;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which endpoint holds the beginning of a conversation in its prompt cache, where that makes it cheaper. Kept for ten
 * minutes after the last answer, as long as providers keep theirs, about. An error leaves it as it is. For any thread.
 */
final class WarmCaches {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int MOST = 100_000;

    private final Cache<String, String> endpoints;

    WarmCaches(Ticker ticker) {
        this.endpoints = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(IDLE)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** The ids of the endpoints that hold it, one for each model at the most. */
    Set<String> holding(String account, ModelRequest request, List<Choice> choices) {
        boolean isNoChoice =
                choices.stream().allMatch(choice -> choice.endpoints().size() < 2);
        if (isNoChoice || endpoints.estimatedSize() == 0) {
            return Set.of();
        }
        var conversation = Conversation.of(request);
        var ids = new HashSet<String>();
        for (var choice : choices) {
            if (conversation.isPresent() && !choice.endpoints().isEmpty()) {
                var model = choice.endpoints().get(0).model();
                var id = endpoints.getIfPresent(key(account, model, conversation.get()));
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /** An endpoint has answered. It holds the conversation if it says so, or if the client means to go on with it. */
    void answered(String account, ModelRequest request, Endpoint endpoint, Usage usage) {
        boolean mayGoOn = usage.cachedTokens() > 0 || Conversation.isSession(request);
        if (mayGoOn && isCheaperFromCache(endpoint)) {
            Conversation.of(request)
                    .ifPresent(
                            conversation -> endpoints.put(key(account, endpoint.model(), conversation), endpoint.id()));
        }
    }

    private static boolean isCheaperFromCache(Endpoint endpoint) {
        return endpoint.price()
                .flatMap(price -> price.of(Price.Unit.CACHE_READ).filter(read -> read.compareTo(price.prompt()) < 0))
                .isPresent();
    }

    private static String key(String account, ModelId model, Conversation conversation) {
        return account + '\n' + model + '\n' + conversation.name();
    }
}
