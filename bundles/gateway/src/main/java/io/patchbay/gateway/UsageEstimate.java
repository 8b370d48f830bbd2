package io.patchbay.gateway;

import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.json.JsonKind;
import org.jspecify.annotations.Nullable;

/** Reckons tokens where a provider reports none. */
final class UsageEstimate {
    /** English prose in the common tokenizers; other languages and code take more tokens. */
    private static final int BYTES_PER_TOKEN = 4;

    private UsageEstimate() {}

    /**
     * Prompt tokens from the size of the messages; completion tokens from the size of a whole answer, or from the
     * number of pieces of a streamed one, which are a token each with most providers.
     */
    static Usage of(ChatRequest request, @Nullable ChatCompletion completion, long chunksSent) {
        long prompt = tokens(request.json().length("messages"));
        long answer = completion == null
                ? chunksSent
                : tokens(completion.choices().stream()
                        .mapToInt(choice -> choice.length("message"))
                        .sum());
        return Usage.estimated(prompt, answer);
    }

    /** The number of tokens where they are given as numbers, else from the size of the texts. */
    static Usage of(EmbeddingsRequest request) {
        var json = request.json();
        var kinds = json.elementKinds("input");
        if (!kinds.isEmpty() && kinds.get(0) == JsonKind.NUMBER) {
            return Usage.estimated(kinds.size(), 0);
        }
        if (!kinds.isEmpty() && kinds.get(0) == JsonKind.ARRAY) {
            var lists = json.element("input").orElseThrow().getAsJsonArray();
            return Usage.estimated(
                    lists.asList().stream()
                            .mapToLong(list -> list.getAsJsonArray().size())
                            .sum(),
                    0);
        }
        return Usage.estimated(tokens(json.length("input")), 0);
    }

    private static long tokens(int bytes) {
        return Math.max(1, bytes / BYTES_PER_TOKEN);
    }
}
