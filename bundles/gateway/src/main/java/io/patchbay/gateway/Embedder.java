package io.patchbay.gateway;

import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.LocalEmbeddings;

/** What can embed: a provider behind an adapter, or a model in this process. */
sealed interface Embedder {
    record Remote(EmbeddingsAdapter adapter) implements Embedder {}

    record Local(LocalEmbeddings model) implements Embedder {}
}
