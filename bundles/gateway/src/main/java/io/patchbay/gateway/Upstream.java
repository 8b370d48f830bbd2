package io.patchbay.gateway;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.LocalModel;

/** What can chat: a provider behind an adapter, or a model in this process. */
sealed interface Upstream {
    record Remote(ChatAdapter adapter) implements Upstream {}

    record Local(LocalModel model) implements Upstream {}
}
