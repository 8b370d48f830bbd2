package io.patchbay.plugin.schema;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Plugin;
import io.patchbay.api.pipeline.Room;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * The component. It ranks before other plugins: what sees a request first sees its answer last, so that what is checked is what
 * the others have made of it.
 */
@Component(property = {Plugin.ID + "=schema-validation", "service.ranking:Integer=100"})
public final class SchemaValidation implements Plugin {
    private static final String FORMAT = "response_format";

    private final Grammar grammar = new Grammar();

    @Override
    public Optional<Passage> enter(ChatRequest request, Optional<JsonView> settings, Room room) {
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        var reading = grammar.reading();
        var content = request.json().object(FORMAT).flatMap(format -> content(format, reading));
        var arguments = arguments(request.json(), reading);
        return content.isPresent() || !arguments.isEmpty()
                ? Optional.of(new Validation(request.json(), new Demands(content, arguments)))
                : Optional.empty();
    }

    private static Optional<Demand> content(JsonView format, Grammar.Reading reading) {
        return switch (format.string("type").orElse("")) {
            case "json_schema" -> {
                var said = format.object("json_schema").orElseGet(() -> JsonView.of(new JsonObject()));
                var schema = said.object("schema").orElseGet(() -> JsonView.of(new JsonObject()));
                var name = said.string("name").orElse("");
                yield Optional.of(new Demand(
                        "the schema '" + name + '\'', reading.schema(schema, FORMAT + ".json_schema.schema")));
            }
            case "json_object" -> {
                var object = JsonView.parse("{\"type\":\"object\"}");
                yield Optional.of(new Demand("the format json_object", reading.schema(object, FORMAT)));
            }
            default -> Optional.empty();
        };
    }

    /** What is demanded of the arguments of strict functions, by their names. */
    private static Map<String, Demand> arguments(JsonView request, Grammar.Reading reading) {
        var arguments = new HashMap<String, Demand>();
        int i = 0;
        for (var tool : request.objects("tools")) {
            var function = tool.object("function").orElse(tool);
            var parameters = function.object("parameters");
            if (parameters.isPresent() && function.isTrue("strict")) {
                var name = function.string("name").orElse("");
                var schema = reading.schema(parameters.get(), "tools[" + i + "].function.parameters");
                arguments.put(name, new Demand("the parameters of '" + name + '\'', schema));
            }
            i++;
        }
        return arguments;
    }
}
