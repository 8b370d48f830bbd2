package io.patchbay.api.tokens;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;

/** Counts the tokens of a prompt: its texts one by one, the rest by its size. */
public final class PromptLength {
    /** What providers reckon for an image of usual size. */
    public static final int TOKENS_OF_A_FILE = 1_500;

    /** English prose in the common vocabularies; other languages and code take more tokens. */
    private static final int BYTES_PER_TOKEN = 4;
    /** Who says it, and where it ends. */
    private static final int AROUND_A_MESSAGE = 4;

    private PromptLength() {}

    /** Tokens of the messages and the tools of a request. */
    public static long count(ChatRequest request, TokenCounter counter) {
        long sum = bySize(request.json(), "tools");
        for (var message : request.messages()) {
            sum += AROUND_A_MESSAGE + content(message, counter) + bySize(message, "tool_calls");
        }
        return sum;
    }

    /** How many tokens a piece of JSON is, from its size: one at least. */
    public static long ofSize(int bytes) {
        return Math.max(1, bytes / BYTES_PER_TOKEN);
    }

    private static long bySize(JsonView json, String field) {
        return json.has(field) ? ofSize(json.length(field)) : 0;
    }

    private static long content(JsonView message, TokenCounter counter) {
        var text = message.string("content");
        if (text.isPresent()) {
            return counter.count(text.get());
        }
        long sum = 0;
        for (var part : message.objects("content")) {
            sum += part.string("text").map(counter::count).orElse((long) TOKENS_OF_A_FILE);
        }
        return sum;
    }
}
