package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Writes how the answer is to be made: its length, its form and its chance. */
final class GenerationConfig {
    private static final List<Map.Entry<String, String>> NUMBERS = List.of(
            Map.entry("temperature", "temperature"),
            Map.entry("top_p", "topP"),
            Map.entry("top_k", "topK"),
            Map.entry("n", "candidateCount"));

    private static final List<Map.Entry<String, String>> PENALTIES = List.of(
            Map.entry("presence_penalty", "presencePenalty"), Map.entry("frequency_penalty", "frequencyPenalty"));

    private GenerationConfig() {}

    static JsonObject of(JsonObject asked, ModelRules rules) {
        var config = new JsonObject();
        var limit = limit(asked);
        limit.ifPresent(most -> config.addProperty("maxOutputTokens", most));
        copy(NUMBERS, asked, config);
        if (rules.takesPenalties()) {
            copy(PENALTIES, asked, config);
        }
        if (JsonTree.isNumber(asked.get("seed"))) {
            // Gemini has 32 bits for it.
            config.addProperty("seed", Long.hashCode(asked.get("seed").getAsLong()));
        }
        Json.addUnlessEmpty(config, "stopSequences", stop(asked));
        if (JsonTree.isTrue(asked.get("logprobs")) && rules.tellsLikelihoods()) {
            config.addProperty("responseLogprobs", true);
            if (JsonTree.isNumber(asked.get("top_logprobs"))) {
                config.add("logprobs", asked.get("top_logprobs"));
            }
        }
        addModalities(asked, config);
        Json.addUnlessEmpty(config, "thinkingConfig", new ThinkingConfig(ReasoningWish.of(asked)).of(rules, limit));
        return config;
    }

    private static void copy(List<Map.Entry<String, String>> names, JsonObject asked, JsonObject config) {
        for (var name : names) {
            if (JsonTree.isNumber(asked.get(name.getKey()))) {
                config.add(name.getValue(), asked.get(name.getKey()));
            }
        }
    }

    private static OptionalLong limit(JsonObject asked) {
        var newer = asked.get("max_completion_tokens");
        var limit = JsonTree.isNumber(newer) ? newer : asked.get("max_tokens");
        return JsonTree.isNumber(limit) ? OptionalLong.of(limit.getAsLong()) : OptionalLong.empty();
    }

    private static JsonArray stop(JsonObject asked) {
        var stop = new JsonArray();
        if (asked.get("stop") instanceof JsonArray several) {
            stop.addAll(several);
        } else if (!JsonTree.text(asked.get("stop")).isEmpty()) {
            stop.add(asked.get("stop"));
        }
        return stop;
    }

    private static void addModalities(JsonObject asked, JsonObject config) {
        var modalities = new JsonArray();
        for (var modality : JsonTree.array(asked.get("modalities"))) {
            if (JsonTree.text(modality).equals("audio")) {
                throw Failure.invalid("modalities", "This provider answers with text and images only.")
                        .toException();
            }
            modalities.add(JsonTree.text(modality).toUpperCase(Locale.ROOT));
        }
        // Text alone is what comes if nothing is said, and some models do not want to be told.
        if (modalities.asList().stream()
                .anyMatch(modality -> JsonTree.text(modality).equals("IMAGE"))) {
            config.add("responseModalities", modalities);
        }
        var wish = JsonTree.object(asked.get("image_config"));
        var image = new JsonObject();
        copy(wish, "aspect_ratio", image, "aspectRatio");
        copy(wish, "image_size", image, "imageSize");
        Json.addUnlessEmpty(config, "imageConfig", image);
    }

    private static void copy(JsonObject from, String name, JsonObject to, String ours) {
        if (!JsonTree.text(from.get(name)).isEmpty()) {
            to.add(ours, from.get(name));
        }
    }
}
