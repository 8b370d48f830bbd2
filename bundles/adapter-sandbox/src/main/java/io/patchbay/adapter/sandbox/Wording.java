package io.patchbay.adapter.sandbox;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;

/** Brings what is to be said into the form the client asked for: JSON by {@code response_format}, ended by {@code stop}. */
final class Wording {
    private Wording() {}

    static String of(ChatRequest request, Conversation conversation, Speech speech) {
        return endedBy(stops(request.json()), formatted(request.json(), conversation, speech));
    }

    private static String formatted(JsonView request, Conversation conversation, Speech speech) {
        var format = request.object("response_format");
        var schema = format.flatMap(f -> f.object("json_schema")).flatMap(f -> f.element("schema"));
        if (schema.isPresent()) {
            return SchemaInstance.of(schema.get()).toString();
        }
        var text = conversation.toolResult().map(Speech::onToolResult).orElseGet(() -> speech.about(conversation));
        boolean asObject = format.flatMap(f -> f.string("type"))
                .filter("json_object"::equals)
                .isPresent();
        return asObject ? Speech.asJsonObject(conversation.lastUserText(), text) : text;
    }

    private static List<String> stops(JsonView request) {
        return request.string("stop").map(List::of).orElseGet(() -> request.strings("stop"));
    }

    private static String endedBy(List<String> stops, String text) {
        int end = text.length();
        for (var stop : stops) {
            int found = stop.isEmpty() ? -1 : text.indexOf(stop);
            end = found < 0 ? end : Math.min(end, found);
        }
        return text.substring(0, end);
    }
}
