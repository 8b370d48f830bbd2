package io.patchbay.gateway;

import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.tasks.TaskRequest;
import io.patchbay.api.tokens.PromptLength;
import java.util.List;

/** Reckons tokens where a provider reports none. */
final class UsageEstimate {
    /** What is smaller has no file in it that matters. */
    private static final int LARGE = 16_384;
    /** {@code {"content":""}}. */
    private static final int AROUND_A_DELTA = 14;

    private UsageEstimate() {}

    /** Of a whole answer: prompt and completion tokens from their sizes. */
    static Usage of(ChatRequest request, ChatCompletion completion) {
        return Usage.estimated(
                promptTokens(request),
                PromptLength.ofSize(completion.choices().stream()
                        .mapToInt(choice -> choice.length("message"))
                        .sum()));
    }

    /** Of a streamed answer, of which so much came. */
    static Usage of(ChatRequest request, long completionTokens) {
        return Usage.estimated(promptTokens(request), completionTokens);
    }

    /** Prompt tokens of a chat, or of what is to be embedded. */
    static long promptTokens(ModelRequest request) {
        if (request instanceof ChatRequest chat) {
            return promptTokens(chat);
        }
        if (request instanceof TaskRequest task) {
            return task.estimate(0).promptTokens();
        }
        return request instanceof EmbeddingsRequest embeddings ? of(embeddings).promptTokens() : 0;
    }

    /** Prompt tokens from the size of the messages, without the images and files in them. */
    static long promptTokens(ChatRequest request) {
        int size = request.json().length("messages");
        return size < LARGE ? PromptLength.ofSize(size) : sum(request.messages());
    }

    private static long sum(List<JsonView> messages) {
        long sum = 0;
        for (var message : messages) {
            var parts = message.objects("content");
            if (parts.isEmpty()) {
                sum += PromptLength.ofSize(message.length());
            }
            for (var part : parts) {
                sum += part.has("text") ? PromptLength.ofSize(part.length("text")) : PromptLength.TOKENS_OF_A_FILE;
            }
        }
        return sum;
    }

    /** Of a piece of a streamed answer, from its size: one at least. */
    static long deltaTokens(int size) {
        return PromptLength.ofSize(size - AROUND_A_DELTA);
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
        return Usage.estimated(PromptLength.ofSize(json.length("input")), 0);
    }
}
