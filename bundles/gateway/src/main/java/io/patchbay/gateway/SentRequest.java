package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ServiceTierWords;
import io.patchbay.api.json.JsonRewrite;
import java.util.OptionalLong;
import java.util.Set;

/** A chat request as an endpoint gets it: what the gateway has to add, shorten or keep from it. */
final class SentRequest {
    private static final Set<String> THOUGHTS = Set.of("reasoning", "reasoning_effort", "include_reasoning");
    /** The parameter by which a model is told to search the web. */
    static final String SEARCH = "web_search_options";

    private SentRequest() {}

    /** @param mostTokens of the answer, if there is less credit than was asked for */
    static ChatRequest of(ChatRequest asked, Endpoint endpoint, OptionalLong mostTokens) {
        return changed(asked, endpoint).atMost(mostTokens);
    }

    private static ChatRequest changed(ChatRequest asked, Endpoint endpoint) {
        var suffixes = ModelNames.wishesFor(endpoint, asked.models());
        boolean isDearer = isOfAnotherTier(asked);
        if (suffixes.isEmpty() && !isDearer && endpoint.serviceTier().isEmpty()) {
            return asked;
        }
        var rewrite = asked.json().rewrite();
        suffixes.ifPresent(wished -> wished.wishes().forEach(wish -> fulfil(wish, asked, rewrite)));
        if (isDearer) {
            rewrite.remove(ServiceTierWords.FIELD);
        }
        endpoint.serviceTier().ifPresent(tier -> rewrite.set(ServiceTierWords.FIELD, tier));
        return ChatRequest.of(rewrite.toView());
    }

    /** A tier is served at a price of its own, so only endpoints of that tier are asked for it. */
    private static boolean isOfAnotherTier(ChatRequest asked) {
        return asked.json().has(ServiceTierWords.FIELD) && !ServiceTierWords.saysUsual(asked.json());
    }

    private static void fulfil(Suffixes.Wish wish, ChatRequest asked, JsonRewrite rewrite) {
        switch (wish) {
            case THINKING -> {
                if (THOUGHTS.stream().noneMatch(asked.json()::has)) {
                    rewrite.raw("reasoning", "{\"enabled\":true}");
                }
            }
            case ONLINE -> {
                if (!asked.json().has(SEARCH)) {
                    rewrite.raw(SEARCH, "{}");
                }
            }
            case EXTENDED -> {
                // Every endpoint is asked for as much as it can.
            }
        }
    }
}
