package io.patchbay.dialect.responses;

import static io.patchbay.api.dialect.FieldRule.arrayOf;
import static io.patchbay.api.dialect.FieldRule.integer;
import static io.patchbay.api.dialect.FieldRule.kind;
import static io.patchbay.api.dialect.FieldRule.number;
import static io.patchbay.api.dialect.FieldRule.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request into the canonical form, and checks what OpenAI's documentation says of its fields. */
final class ResponsesReader {
    private static final String LOGPROBS = "message.output_text.logprobs";

    private static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("model", text(256)),
            Map.entry("models", arrayOf(JsonKind.STRING, 10)),
            Map.entry("input", kind(JsonKind.STRING, JsonKind.ARRAY)),
            Map.entry("instructions", kind(JsonKind.STRING)),
            Map.entry("max_output_tokens", integer(1)),
            Map.entry("max_tool_calls", integer(1)),
            Map.entry("stream", kind(JsonKind.BOOLEAN)),
            Map.entry("store", kind(JsonKind.BOOLEAN)),
            Map.entry("background", kind(JsonKind.BOOLEAN)),
            Map.entry("temperature", number(0, 2)),
            Map.entry("top_p", number(0, 1)),
            Map.entry("top_k", integer(0)),
            Map.entry("top_logprobs", integer(0, 20)),
            Map.entry("frequency_penalty", number(-2, 2)),
            Map.entry("presence_penalty", number(-2, 2)),
            Map.entry("tools", arrayOf(JsonKind.OBJECT, 1_024)),
            Map.entry("tool_choice", kind(JsonKind.STRING, JsonKind.OBJECT)),
            Map.entry("parallel_tool_calls", kind(JsonKind.BOOLEAN)),
            Map.entry("text", kind(JsonKind.OBJECT)),
            Map.entry("reasoning", kind(JsonKind.OBJECT)),
            Map.entry("include", arrayOf(JsonKind.STRING, 32)),
            Map.entry("metadata", kind(JsonKind.OBJECT)),
            Map.entry("service_tier", kind(JsonKind.STRING)),
            Map.entry("provider", kind(JsonKind.OBJECT)),
            Map.entry("plugins", arrayOf(JsonKind.OBJECT, 32)),
            Map.entry("user", text(4_096)),
            Map.entry("session_id", text(256)));

    /** What reads the same in the canonical form. */
    private static final List<String> SAME = List.of(
            "model",
            "models",
            "stream",
            "temperature",
            "top_p",
            "top_k",
            "top_logprobs",
            "frequency_penalty",
            "presence_penalty",
            "parallel_tool_calls",
            "metadata",
            "service_tier",
            "prompt_cache_key",
            "safety_identifier",
            "cache_control",
            "modalities",
            "provider",
            "plugins",
            "route",
            "session_id",
            "trace",
            "user",
            "preset");

    private ResponsesReader() {}

    /**
     * What was read.
     *
     * @param asked as the client wrote it
     */
    record Read(ChatRequest request, JsonObject asked) {}

    /** @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field */
    static Read read(byte[] body) {
        var json = RequestBody.checked(body, RULES);
        RequestBody.requireModel(json);
        var asked = json.toTree();
        refuseState(asked);
        return new Read(ChatRequest.of(JsonView.of(canonical(asked))), asked);
    }

    /** Nothing is kept here that a later request could refer to. */
    private static void refuseState(JsonObject asked) {
        for (var name : List.of("previous_response_id", "conversation", "prompt")) {
            if (isSaid(asked.get(name))) {
                throw FieldRule.wrong(
                        name,
                        "is not supported: responses are not stored here. Send the whole conversation as 'input'");
            }
        }
        if (JsonTree.isTrue(asked.get("background"))) {
            throw FieldRule.wrong("background", "is not supported: responses are not stored here");
        }
    }

    private static boolean isSaid(@Nullable JsonElement value) {
        return value != null && !value.isJsonNull();
    }

    private static JsonObject canonical(JsonObject asked) {
        var request = new JsonObject();
        for (var name : SAME) {
            JsonTree.copy(asked, name, request, name);
        }
        request.add("messages", messages(asked));
        JsonTree.copy(asked, "max_output_tokens", request, "max_tokens");
        ToolsReader.read(asked, request);
        addText(JsonTree.object(asked.get("text")), request);
        addReasoning(JsonTree.object(asked.get("reasoning")), request);
        for (var wanted : JsonTree.array(asked.get("include"))) {
            if (JsonTree.text(wanted).equals(LOGPROBS)) {
                request.addProperty("logprobs", true);
            }
        }
        if (!request.has("logprobs")) {
            request.remove("top_logprobs");
        }
        return request;
    }

    private static JsonArray messages(JsonObject asked) {
        var input = new InputReader();
        input.instructions(JsonTree.text(asked.get("instructions")));
        if (asked.get("input") instanceof JsonArray items) {
            for (int i = 0; i < items.size(); i++) {
                input.read(JsonTree.object(items.get(i)), "input[" + i + ']');
            }
        } else {
            input.user(JsonTree.text(asked.get("input")));
        }
        var messages = input.messages();
        if (messages.isEmpty()) {
            throw FieldRule.wrong("input", "is missing");
        }
        return messages;
    }

    private static void addText(JsonObject text, JsonObject request) {
        JsonTree.copy(text, "verbosity", request, "verbosity");
        var format = JsonTree.object(text.get("format"));
        switch (JsonTree.text(format.get("type"))) {
            case "", "text" -> {}
            case "json_object" -> request.add("response_format", format);
            case "json_schema" -> {
                var schema = new JsonObject();
                for (var name : List.of("name", "description", "schema", "strict")) {
                    JsonTree.copy(format, name, schema, name);
                }
                var asked = new JsonObject();
                asked.addProperty("type", "json_schema");
                asked.add("json_schema", schema);
                request.add("response_format", asked);
            }
            default -> throw FieldRule.wrong("text.format.type", "must be one of text, json_object, json_schema");
        }
    }

    private static void addReasoning(JsonObject asked, JsonObject request) {
        var reasoning = new JsonObject();
        for (var name : List.of("effort", "max_tokens", "enabled", "exclude")) {
            JsonTree.copy(asked, name, reasoning, name);
        }
        if (!reasoning.isEmpty()) {
            request.add("reasoning", reasoning);
        }
    }
}
