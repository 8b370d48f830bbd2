package io.patchbay.admin.api;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /generation?id=}: what became of a generation, for any key of the account that paid. */
@Component(service = HttpEndpoint.class, property = HttpEndpoint.ROUTES + "=GET /api/v1/generation")
public final class GenerationEndpoint implements HttpEndpoint {
    /** What OpenRouter's clients insist on, and we do not know of a generation. */
    private static final List<String> UNKNOWN = List.of(
            "app_id",
            "cache_discount",
            "external_user",
            "http_referer",
            "moderation_latency",
            "native_finish_reason",
            "native_tokens_completion_images",
            "num_fetches",
            "num_input_audio_prompt",
            "num_media_completion",
            "num_media_prompt",
            "num_search_results",
            "preset_id",
            "router",
            "session_id",
            "service_tier",
            "upstream_id",
            "user_agent",
            "web_search_engine");

    private final Desk desk;
    private final Generations generations;

    @Activate
    public GenerationEndpoint(@Reference Desk desk, @Reference Generations generations) {
        this.desk = desk;
        this.generations = generations;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            var id = request.query("id").orElseThrow(() -> Fields.wrong("id", "given"));
            return generations
                    .find(id)
                    .filter(generation -> asker.maySee(generation.account()))
                    .map(generation -> Answer.data(json(generation)))
                    .orElseThrow(() -> Asker.notFound("generation"));
        });
    }

    private static JsonObject json(KeptGeneration generation) {
        var json = generation.json().toTree();
        json.addProperty("workspace_id", generation.account());
        json.addProperty("data_region", "global");
        json.addProperty("origin", "");
        for (var name : UNKNOWN) {
            if (!json.has(name)) {
                json.add(name, JsonNull.INSTANCE);
            }
        }
        return json;
    }
}
