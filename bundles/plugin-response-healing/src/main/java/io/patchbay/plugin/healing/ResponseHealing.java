package io.patchbay.plugin.healing;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Plugin;
import io.patchbay.api.pipeline.Room;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** The component. Whole answers to requests for a JSON format only, as with OpenRouter: a stream is not read in advance. */
@Component(property = Plugin.ID + "=response-healing")
public final class ResponseHealing implements Plugin {
    private static final Set<String> JSON_FORMATS = Set.of("json_object", "json_schema");

    @Override
    public Optional<Passage> enter(ChatRequest request, Optional<JsonView> settings, Room room) {
        boolean wantsJson = request.json()
                .object("response_format")
                .flatMap(format -> format.string("type"))
                .filter(JSON_FORMATS::contains)
                .isPresent();
        return settings.isPresent() && wantsJson && !request.stream()
                ? Optional.of(new Healing(request.json()))
                : Optional.empty();
    }
}
