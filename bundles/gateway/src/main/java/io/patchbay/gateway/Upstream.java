package io.patchbay.gateway;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.catalog.Endpoint;

/** What can chat: a provider behind an adapter, or a model in this process. */
sealed interface Upstream {
    /** Whether it takes care itself of what is at such an address. */
    boolean fetches(String url, Endpoint endpoint);

    record Remote(ChatAdapter adapter) implements Upstream {
        @Override
        public boolean fetches(String url, Endpoint endpoint) {
            return adapter.fetches(url, endpoint);
        }
    }

    record Local(LocalModel model) implements Upstream {
        @Override
        public boolean fetches(String url, Endpoint endpoint) {
            return true;
        }
    }
}
