package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import java.util.List;

/**
 * What is to be routed.
 *
 * @param chat the request
 * @param preferences the client's rules
 * @param choices for each requested model, in the client's order, the endpoints that serve it
 */
public record RoutingRequest(ChatRequest chat, ProviderPreferences preferences, List<List<Endpoint>> choices) {
    /** Copies the lists. */
    public RoutingRequest {
        choices = choices.stream().map(List::copyOf).toList();
    }
}
