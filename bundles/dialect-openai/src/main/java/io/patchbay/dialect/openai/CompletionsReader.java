package io.patchbay.dialect.openai;

import static io.patchbay.api.dialect.FieldRule.arrayOf;
import static io.patchbay.api.dialect.FieldRule.integer;
import static io.patchbay.api.dialect.FieldRule.kind;
import static io.patchbay.api.dialect.FieldRule.number;
import static io.patchbay.api.dialect.FieldRule.text;
import static io.patchbay.api.dialect.FieldRule.textOrTexts;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.Map;

/** Reads a prompt as the message of a user. */
final class CompletionsReader {
    private static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("model", text(256)),
            Map.entry("models", arrayOf(JsonKind.STRING, 10)),
            Map.entry("prompt", kind(JsonKind.STRING, JsonKind.ARRAY)),
            Map.entry("suffix", kind(JsonKind.STRING)),
            Map.entry("max_tokens", integer(1)),
            Map.entry("temperature", number(0, 2)),
            Map.entry("top_p", number(0, 1)),
            Map.entry("n", integer(1, 128)),
            Map.entry("best_of", integer(1, 1)),
            Map.entry("stream", kind(JsonKind.BOOLEAN)),
            Map.entry("echo", kind(JsonKind.BOOLEAN)),
            Map.entry("logprobs", kind(JsonKind.NULL)),
            Map.entry("stop", textOrTexts(16)),
            Map.entry("frequency_penalty", number(-2, 2)),
            Map.entry("presence_penalty", number(-2, 2)),
            Map.entry("provider", kind(JsonKind.OBJECT)));

    private CompletionsReader() {}

    /**
     * What was read.
     *
     * @param echo what the client wants to have repeated before the answer; may be empty
     */
    record Read(ChatRequest request, String echo) {}

    /** @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field */
    static Read read(byte[] body) {
        var json = RequestBody.checked(body, RULES);
        RequestBody.requireModel(json);
        if (!json.string("suffix").orElse("").isEmpty()) {
            throw FieldRule.wrong("suffix", "is not supported: chats have no end that is given");
        }
        var asked = json.toTree();
        var prompt = prompt(asked);
        boolean isEchoed = JsonTree.isTrue(asked.get("echo"));
        for (var name : new String[] {"prompt", "suffix", "best_of", "echo", "logprobs"}) {
            asked.remove(name);
        }
        var message = new JsonObject();
        message.addProperty("role", "user");
        message.addProperty("content", prompt);
        var messages = new JsonArray();
        messages.add(message);
        asked.add("messages", messages);
        return new Read(ChatRequest.of(JsonView.of(asked)), isEchoed ? prompt : "");
    }

    private static String prompt(JsonObject asked) {
        var prompt = asked.get("prompt");
        if (prompt instanceof JsonArray several) {
            if (several.size() != 1 || JsonTree.text(several.get(0)).isEmpty()) {
                throw FieldRule.wrong("prompt", "must be one text: several, or numbers of tokens, are not supported");
            }
            return JsonTree.text(several.get(0));
        }
        var text = JsonTree.text(prompt);
        if (text.isEmpty()) {
            throw FieldRule.wrong("prompt", "is missing");
        }
        return text;
    }
}
