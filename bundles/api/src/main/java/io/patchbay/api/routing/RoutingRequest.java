package io.patchbay.api.routing;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ModelRequest;
import java.util.List;

/**
 * What is to be routed.
 *
 * @param request a chat, or a wish for embeddings
 * @param preferences the client's rules
 * @param permissions what its API key may use
 * @param choices for each requested model, in the client's order, the endpoints that serve it
 */
public record RoutingRequest(
        ModelRequest request, ProviderPreferences preferences, Permissions permissions, List<List<Endpoint>> choices) {
    /** Copies the lists. */
    public RoutingRequest {
        choices = choices.stream().map(List::copyOf).toList();
    }
}
