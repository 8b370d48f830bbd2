package io.patchbay.dialect.responses;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.dialect.Costs;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonTree;
import java.util.LinkedHashMap;
import java.util.Map;

/** The object around an answer: who it is of, how it went, and what was asked for. */
final class ResponseObject {
    /** What the answer repeats of the request, and what stands there where it said nothing. */
    private static final Map<String, JsonElement> REPEATED = repeated();

    private final JsonObject asked;

    ResponseObject(JsonObject asked) {
        this.asked = asked;
    }

    private static Map<String, JsonElement> repeated() {
        var repeated = new LinkedHashMap<String, JsonElement>();
        repeated.put("instructions", JsonNull.INSTANCE);
        repeated.put("max_output_tokens", JsonNull.INSTANCE);
        repeated.put("max_tool_calls", JsonNull.INSTANCE);
        repeated.put("metadata", new JsonObject());
        repeated.put("parallel_tool_calls", new JsonPrimitive(true));
        repeated.put("temperature", new JsonPrimitive(1));
        repeated.put("top_p", new JsonPrimitive(1));
        repeated.put("frequency_penalty", new JsonPrimitive(0));
        repeated.put("presence_penalty", new JsonPrimitive(0));
        repeated.put("top_logprobs", new JsonPrimitive(0));
        repeated.put("tool_choice", new JsonPrimitive("auto"));
        repeated.put("tools", new JsonArray());
        repeated.put("truncation", new JsonPrimitive("disabled"));
        repeated.put("prompt_cache_key", JsonNull.INSTANCE);
        repeated.put("safety_identifier", JsonNull.INSTANCE);
        repeated.put("user", JsonNull.INSTANCE);
        return repeated;
    }

    /** An answer that has begun. */
    JsonObject begun(GenerationHead head) {
        return of(head, "in_progress", new JsonArray());
    }

    JsonObject of(GenerationHead head, String status, JsonArray output) {
        var response = new JsonObject();
        response.addProperty("id", head.id());
        response.addProperty("object", "response");
        response.addProperty("created_at", head.created().getEpochSecond());
        response.add("completed_at", JsonNull.INSTANCE);
        response.addProperty("status", status);
        response.addProperty("model", head.model());
        response.addProperty("provider", head.provider());
        response.add("error", JsonNull.INSTANCE);
        response.add("incomplete_details", JsonNull.INSTANCE);
        response.add("output", output);
        response.add("previous_response_id", JsonNull.INSTANCE);
        response.addProperty("background", false);
        response.addProperty("store", false);
        REPEATED.forEach((name, otherwise) -> {
            var said = asked.get(name);
            response.add(name, said == null || said.isJsonNull() ? otherwise : said);
        });
        response.add("reasoning", reasoning());
        response.add("text", text());
        var tier = JsonTree.text(asked.get("service_tier"));
        response.addProperty("service_tier", tier.isEmpty() || tier.equals("auto") ? "default" : tier);
        return response;
    }

    private JsonObject reasoning() {
        var said = JsonTree.object(asked.get("reasoning"));
        var reasoning = new JsonObject();
        reasoning.add("effort", said.has("effort") ? said.get("effort") : JsonNull.INSTANCE);
        reasoning.add("summary", said.has("summary") ? said.get("summary") : JsonNull.INSTANCE);
        return reasoning;
    }

    private JsonObject text() {
        var text = JsonTree.object(asked.get("text")).deepCopy();
        if (!text.has("format")) {
            var plain = new JsonObject();
            plain.addProperty("type", "text");
            text.add("format", plain);
        }
        return text;
    }

    /** Clients take none, but no null. */
    static void addUsage(GenerationRecord record, JsonObject response) {
        record.usage().ifPresent(used -> response.add("usage", usage(used, record)));
    }

    private static JsonObject usage(Usage used, GenerationRecord record) {
        var input = new JsonObject();
        input.addProperty("cached_tokens", used.cachedTokens());
        input.addProperty("cache_write_tokens", used.cacheWriteTokens());
        var output = new JsonObject();
        output.addProperty("reasoning_tokens", used.reasoningTokens());
        var usage = new JsonObject();
        usage.addProperty("input_tokens", used.promptTokens());
        usage.add("input_tokens_details", input);
        usage.addProperty("output_tokens", used.completionTokens());
        usage.add("output_tokens_details", output);
        usage.addProperty("total_tokens", used.promptTokens() + used.completionTokens());
        Costs.addTo(usage, record);
        var details = usage.getAsJsonObject("cost_details");
        details.add("upstream_inference_input_cost", details.remove("upstream_inference_prompt_cost"));
        details.add("upstream_inference_output_cost", details.remove("upstream_inference_completions_cost"));
        return usage;
    }
}
