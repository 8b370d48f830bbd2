package io.patchbay.adapter.gemini;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;

/**
 * The token counts of one answer. A stream reports them with each piece, as totals, and not always all of them: the
 * latest word on each counts. For one thread.
 */
final class TokenCounts {
    private static final long MOST = 1_000_000_000;
    private static final long UNKNOWN = -1;

    private long prompt = UNKNOWN;
    private long total = UNKNOWN;
    private long output = UNKNOWN;
    private long thoughts = UNKNOWN;
    private long cached;
    private long ofTools;
    private long searches;
    private List<JsonView> promptDetails = List.of();
    private List<JsonView> outputDetails = List.of();

    /**
     * Notes what was searched.
     *
     * @param paid how many searches Google wants to be paid for
     */
    void searched(long paid) {
        searches = Math.max(searches, paid);
    }

    void read(JsonView usage) {
        prompt = latest(usage, "promptTokenCount", prompt);
        total = latest(usage, "totalTokenCount", total);
        output = latest(usage, "candidatesTokenCount", output);
        thoughts = latest(usage, "thoughtsTokenCount", thoughts);
        cached = latest(usage, "cachedContentTokenCount", cached);
        ofTools = latest(usage, "toolUsePromptTokenCount", ofTools);
        promptDetails = latest(usage, "promptTokensDetails", promptDetails);
        outputDetails = latest(usage, "candidatesTokensDetails", outputDetails);
    }

    /** In the canonical form, in which a completion includes its thoughts; empty if nothing was reported. */
    Optional<JsonObject> toCanonical() {
        if (Math.max(Math.max(prompt, total), Math.max(output, thoughts)) == UNKNOWN) {
            return Optional.empty();
        }
        long completion = Math.max(output, 0) + Math.max(thoughts, 0);
        // Some models leave out what the prompt took where there are images in it.
        long asked = prompt == UNKNOWN ? Math.max(total - completion, 0) : prompt + ofTools;
        var counts = new JsonObject();
        counts.addProperty("prompt_tokens", asked);
        counts.addProperty("completion_tokens", completion);
        counts.addProperty("total_tokens", asked + completion);
        var ofPrompt = new JsonObject();
        ofPrompt.addProperty("cached_tokens", Math.min(cached, asked));
        addModality(promptDetails, "AUDIO", "audio_tokens", ofPrompt);
        addModality(promptDetails, "VIDEO", "video_tokens", ofPrompt);
        counts.add("prompt_tokens_details", ofPrompt);
        var ofCompletion = new JsonObject();
        ofCompletion.addProperty("reasoning_tokens", Math.max(thoughts, 0));
        addModality(outputDetails, "IMAGE", "image_tokens", ofCompletion);
        counts.add("completion_tokens_details", ofCompletion);
        if (searches > 0) {
            counts.add("server_tool_use", Json.with("web_search_requests", new JsonPrimitive(searches)));
        }
        return Optional.of(counts);
    }

    private static void addModality(List<JsonView> details, String modality, String name, JsonObject to) {
        for (var detail : details) {
            if (detail.string("modality").filter(modality::equals).isPresent()) {
                to.addProperty(name, latest(detail, "tokenCount", 0));
            }
        }
    }

    private static long latest(JsonView usage, String name, long before) {
        var count = usage.integer(name);
        return count.isEmpty() ? before : Math.max(0, Math.min(count.getAsLong(), MOST));
    }

    private static List<JsonView> latest(JsonView usage, String name, List<JsonView> before) {
        return usage.has(name) ? usage.objects(name) : before;
    }
}
