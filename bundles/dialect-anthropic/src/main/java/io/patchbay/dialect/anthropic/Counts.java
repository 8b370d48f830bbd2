package io.patchbay.dialect.anthropic;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.dialect.Costs;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import java.util.Optional;

/** Token counts: in Anthropic's, what the cache held is beside the input and not in it. Costs as OpenRouter has them. */
final class Counts {
    JsonObject none() {
        return counts(Optional.empty());
    }

    JsonObject of(GenerationRecord record) {
        var usage = counts(record.usage());
        Costs.addTo(usage, record);
        return usage;
    }

    private static JsonObject counts(Optional<Usage> used) {
        long prompt = used.map(Usage::promptTokens).orElse(0L);
        long cached = used.map(Usage::cachedTokens).orElse(0L);
        long written = used.map(Usage::cacheWriteTokens).orElse(0L);
        var usage = new JsonObject();
        usage.addProperty("input_tokens", Math.max(0, prompt - cached - written));
        usage.addProperty("output_tokens", used.map(Usage::completionTokens).orElse(0L));
        usage.addProperty("cache_read_input_tokens", cached);
        usage.addProperty("cache_creation_input_tokens", written);
        long forAnHour = used.map(Usage::json)
                .flatMap(json -> json.object("prompt_tokens_details"))
                .map(details -> details.integer("cache_write_1h_tokens").orElse(0))
                .orElse(0L);
        var created = new JsonObject();
        created.addProperty("ephemeral_5m_input_tokens", Math.max(0, written - forAnHour));
        created.addProperty("ephemeral_1h_input_tokens", forAnHour);
        usage.add("cache_creation", created);
        var searches = used.map(Usage::json).flatMap(json -> json.object("server_tool_use"));
        usage.add("server_tool_use", searches.<JsonElement>map(JsonView::toTree).orElse(JsonNull.INSTANCE));
        var output = new JsonObject();
        output.addProperty("thinking_tokens", used.map(Usage::reasoningTokens).orElse(0L));
        usage.add("output_tokens_details", output);
        usage.addProperty("service_tier", "standard");
        usage.add("inference_geo", JsonNull.INSTANCE);
        return usage;
    }
}
