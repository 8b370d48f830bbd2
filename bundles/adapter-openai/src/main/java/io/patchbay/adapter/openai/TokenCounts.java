package io.patchbay.adapter.openai;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import java.util.OptionalLong;

/**
 * Token counts where providers depart from the format: details beside the sums instead of below them (Moonshot's
 * {@code cached_tokens}, DeepSeek's {@code prompt_cache_hit_tokens}, Mistral's {@code num_cached_tokens}, Together's
 * {@code reasoning_tokens}) or under Anthropic's names (other gateways', Alibaba's), and completion tokens that leave out those spent on thinking (xAI), as the total tells.
 */
final class TokenCounts {
    private static final String PROMPT_DETAILS = "prompt_tokens_details";
    private static final String COMPLETION_DETAILS = "completion_tokens_details";
    /** {@code {}} or {@code null}: nothing to mend. */
    private static final int NOTHING = 4;

    private TokenCounts() {}

    /** The answer or chunk with its counts as they should be: the same object if they are. */
    static JsonView mend(JsonView answer) {
        if (answer.length("usage") <= NOTHING) {
            return answer;
        }
        var usage = answer.object("usage");
        if (usage.isEmpty()) {
            return answer;
        }
        var mended = mendUsage(usage.get());
        return mended == usage.get()
                ? answer
                : answer.rewrite().raw("usage", mended.toString()).toView();
    }

    private static JsonView mendUsage(JsonView usage) {
        var cachedBeside = missing(usage, PROMPT_DETAILS, "cached_tokens")
                ? firstOf(
                        usage,
                        "cached_tokens",
                        "prompt_cache_hit_tokens",
                        "num_cached_tokens",
                        "cache_read_input_tokens")
                : OptionalLong.empty();
        var written = missing(usage, PROMPT_DETAILS, "cache_write_tokens") ? written(usage) : OptionalLong.empty();
        var reasoningBeside = missing(usage, COMPLETION_DETAILS, "reasoning_tokens")
                ? firstOf(usage, "reasoning_tokens")
                : OptionalLong.empty();
        long reasoning = reasoningBeside.orElse(detail(usage, COMPLETION_DETAILS, "reasoning_tokens"));
        boolean leftOut = reasoning > 0
                && count(usage, "total_tokens")
                        == count(usage, "prompt_tokens") + count(usage, "completion_tokens") + reasoning;
        if (cachedBeside.isEmpty() && written.isEmpty() && reasoningBeside.isEmpty() && !leftOut) {
            return usage;
        }
        var tree = usage.toTree();
        cachedBeside.ifPresent(tokens -> put(tree, PROMPT_DETAILS, "cached_tokens", tokens));
        written.ifPresent(tokens -> put(tree, PROMPT_DETAILS, "cache_write_tokens", tokens));
        reasoningBeside.ifPresent(tokens -> put(tree, COMPLETION_DETAILS, "reasoning_tokens", tokens));
        if (leftOut) {
            tree.addProperty("completion_tokens", count(usage, "completion_tokens") + reasoning);
        }
        return JsonView.of(tree);
    }

    private static OptionalLong written(JsonView usage) {
        var below = usage.object(PROMPT_DETAILS)
                .map(details -> firstOf(details, "cache_creation_input_tokens"))
                .orElse(OptionalLong.empty());
        return below.isPresent() ? below : firstOf(usage, "cache_creation_input_tokens");
    }

    private static boolean missing(JsonView usage, String details, String name) {
        return usage.object(details).filter(object -> object.has(name)).isEmpty();
    }

    private static long detail(JsonView usage, String details, String name) {
        return usage.object(details).map(object -> count(object, name)).orElse(0L);
    }

    private static long count(JsonView object, String name) {
        return object.integer(name).orElse(0);
    }

    private static OptionalLong firstOf(JsonView usage, String... names) {
        for (var name : names) {
            var found = usage.integer(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private static void put(JsonObject usage, String details, String name, long tokens) {
        var object = usage.get(details) instanceof JsonObject there ? there : new JsonObject();
        object.addProperty(name, tokens);
        usage.add(details, object);
    }
}
