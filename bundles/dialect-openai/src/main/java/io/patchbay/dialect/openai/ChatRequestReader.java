package io.patchbay.dialect.openai;

import static io.patchbay.api.dialect.FieldRule.arrayOf;
import static io.patchbay.api.dialect.FieldRule.integer;
import static io.patchbay.api.dialect.FieldRule.kind;
import static io.patchbay.api.dialect.FieldRule.number;
import static io.patchbay.api.dialect.FieldRule.object;
import static io.patchbay.api.dialect.FieldRule.oneOf;
import static io.patchbay.api.dialect.FieldRule.text;
import static io.patchbay.api.dialect.FieldRule.textOrTexts;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a chat completion request and checks what OpenAI's and OpenRouter's documentation say of its fields. Fields
 * that neither knows pass unchecked: a provider may know them.
 */
final class ChatRequestReader {
    private static final String SESSION = "session_id";
    private static final String SESSION_HEADER = "X-Session-Id";
    private static final int LONGEST_SESSION = 256;
    private static final int MAX_MESSAGES = 100_000;
    private static final int MAX_PARTS = 10_000;
    private static final int MAX_MODELS = 10;
    private static final int MAX_STOPS = 16;

    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    /** A wish of the wrong type would be overlooked, and nobody would notice. */
    private static final Map<String, FieldRule> REASONING = Map.of(
            "effort", kind(JsonKind.STRING),
            "max_tokens", integer(Long.MIN_VALUE),
            "enabled", kind(JsonKind.BOOLEAN),
            "exclude", kind(JsonKind.BOOLEAN));

    private static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("model", text(256)),
            Map.entry("models", arrayOf(JsonKind.STRING, MAX_MODELS)),
            Map.entry("messages", arrayOf(JsonKind.OBJECT, MAX_MESSAGES)),
            Map.entry("stream", kind(JsonKind.BOOLEAN)),
            Map.entry("stream_options", kind(JsonKind.OBJECT)),
            Map.entry("max_tokens", integer(1)),
            Map.entry("max_completion_tokens", integer(1)),
            Map.entry("temperature", number(0, 2)),
            Map.entry("top_p", number(0, 1)),
            Map.entry("top_k", integer(0)),
            Map.entry("top_a", number(0, 1)),
            Map.entry("min_p", number(0, 1)),
            Map.entry("frequency_penalty", number(-2, 2)),
            Map.entry("presence_penalty", number(-2, 2)),
            Map.entry("repetition_penalty", number(0, 2)),
            Map.entry("seed", integer(Long.MIN_VALUE)),
            Map.entry("n", integer(1, 128)),
            Map.entry("stop", textOrTexts(MAX_STOPS)),
            Map.entry("logprobs", kind(JsonKind.BOOLEAN)),
            Map.entry("top_logprobs", integer(0, 20)),
            Map.entry("logit_bias", kind(JsonKind.OBJECT)),
            Map.entry("tools", arrayOf(JsonKind.OBJECT, 1024)),
            Map.entry("tool_choice", kind(JsonKind.STRING, JsonKind.OBJECT)),
            Map.entry("parallel_tool_calls", kind(JsonKind.BOOLEAN)),
            Map.entry("response_format", kind(JsonKind.OBJECT)),
            Map.entry("reasoning", object(REASONING)),
            Map.entry("reasoning_effort", kind(JsonKind.STRING)),
            Map.entry("include_reasoning", kind(JsonKind.BOOLEAN)),
            Map.entry("verbosity", kind(JsonKind.STRING)),
            Map.entry("cache_control", kind(JsonKind.OBJECT)),
            Map.entry("audio", kind(JsonKind.OBJECT)),
            Map.entry("provider", kind(JsonKind.OBJECT)),
            Map.entry("plugins", arrayOf(JsonKind.OBJECT, 32)),
            Map.entry("transforms", arrayOf(JsonKind.STRING, 32)),
            Map.entry("route", oneOf("fallback", "sort")),
            Map.entry("user", text(4096)),
            Map.entry(SESSION, text(LONGEST_SESSION)),
            Map.entry("metadata", kind(JsonKind.OBJECT)),
            Map.entry("trace", kind(JsonKind.OBJECT)),
            Map.entry("modalities", arrayOf(JsonKind.STRING, 8)),
            Map.entry("prediction", kind(JsonKind.OBJECT)),
            Map.entry("service_tier", kind(JsonKind.STRING)),
            Map.entry("usage", kind(JsonKind.OBJECT)));

    private ChatRequestReader() {}

    /**
     * Reads a body, and the header that says the same as {@code session_id}.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field
     */
    static ChatRequest read(HttpRequest http) {
        var request = read(http.body());
        var session = http.header(SESSION_HEADER);
        if (session.isEmpty() || request.json().has(SESSION)) {
            return request;
        }
        if (session.get().length() > LONGEST_SESSION) {
            throw FieldRule.wrong(SESSION_HEADER, "must not be longer than " + LONGEST_SESSION + " characters");
        }
        return ChatRequest.of(
                request.json().rewrite().set(SESSION, session.get()).toView());
    }

    /** @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field */
    static ChatRequest read(byte[] body) {
        var json = RequestBody.checked(body, RULES);
        requireModel(json);
        var request = ChatRequest.of(json);
        checkMessages(request.messages());
        return request;
    }

    private static void requireModel(JsonView json) {
        boolean named = json.string("model").filter(name -> !name.isBlank()).isPresent();
        if (!named && json.elementKinds("models").isEmpty()) {
            throw FieldRule.wrong("model", "is missing: name a model as author/name, see GET /api/v1/models");
        }
    }

    private static void checkMessages(List<JsonView> messages) {
        if (messages.isEmpty()) {
            throw FieldRule.wrong("messages", "must have at least one message");
        }
        for (int i = 0; i < messages.size(); i++) {
            checkMessage(messages.get(i), i);
        }
    }

    private static void checkMessage(JsonView message, int i) {
        var role = message.string("role");
        if (role.isEmpty() || !ROLES.contains(role.get())) {
            throw FieldRule.wrong(
                    "messages[" + i + "].role", "must be one of system, developer, user, assistant, tool");
        }
        var content = message.kind("content").orElse(JsonKind.NULL);
        switch (content) {
            case STRING -> {}
            case ARRAY -> checkParts(message, i);
            case NULL -> {
                if (!role.get().equals("assistant") && !role.get().equals("function")) {
                    throw FieldRule.wrong("messages[" + i + "].content", "is missing");
                }
            }
            default ->
                throw FieldRule.wrong(
                        "messages[" + i + "].content",
                        "must be a string or an array of parts, not " + content.described());
        }
    }

    private static void checkParts(JsonView message, int i) {
        var kinds = message.elementKinds("content");
        if (kinds.size() > MAX_PARTS) {
            throw FieldRule.wrong("messages[" + i + "].content", "must not have more than " + MAX_PARTS + " parts");
        }
        int p = 0;
        for (var kind : kinds) {
            if (kind != JsonKind.OBJECT) {
                throw FieldRule.wrong("messages[" + i + "].content[" + p + ']', "must be an object");
            }
            p++;
        }
        p = 0;
        for (var part : message.objects("content")) {
            if (part.string("type").isEmpty()) {
                throw FieldRule.wrong("messages[" + i + "].content[" + p + "].type", "must be a string");
            }
            p++;
        }
    }
}
