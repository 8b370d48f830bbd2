package io.patchbay.dialect.openai;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.dialect.ChatFields;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Set;

/**
 * Reads a chat completion request and checks what OpenAI's and OpenRouter's documentation say of its fields. Fields
 * that neither knows pass unchecked: a provider may know them.
 */
final class ChatRequestReader {
    private static final String SESSION = "session_id";
    private static final String SESSION_HEADER = "X-Session-Id";
    private static final int MAX_PARTS = 10_000;

    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

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
        if (session.get().length() > ChatFields.LONGEST_SESSION) {
            throw FieldRule.wrong(
                    SESSION_HEADER, "must not be longer than " + ChatFields.LONGEST_SESSION + " characters");
        }
        return ChatRequest.of(
                request.json().rewrite().set(SESSION, session.get()).toView());
    }

    /** @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field */
    static ChatRequest read(byte[] body) {
        var json = RequestBody.checked(body, ChatFields.RULES);
        RequestBody.requireModel(json);
        var request = ChatRequest.of(json);
        checkMessages(request.messages());
        return request;
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
