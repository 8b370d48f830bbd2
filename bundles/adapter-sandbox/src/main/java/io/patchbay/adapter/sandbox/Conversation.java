package io.patchbay.adapter.sandbox;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The messages of a request, as far as the sandbox reads them. */
final class Conversation {
    /** {@code function} is what {@code tool} was called before. */
    private static final Set<String> TOOL_ROLES = Set.of("tool", "function");

    private final List<JsonView> messages;

    private Conversation(List<JsonView> messages) {
        this.messages = messages;
    }

    static Conversation of(ChatRequest request) {
        return new Conversation(request.messages());
    }

    /** How many messages there are. */
    int length() {
        return messages.size();
    }

    /** What the user said last; empty if the user said nothing. */
    String lastUserText() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (role(messages.get(i)).equals("user")) {
                return text(messages.get(i));
            }
        }
        return "";
    }

    /** Whether it is the user who waits for an answer. */
    boolean endsWithUser() {
        return lastRole().equals("user");
    }

    /** What the tool returned, if a tool spoke last. */
    Optional<String> toolResult() {
        return TOOL_ROLES.contains(lastRole())
                ? Optional.of(text(messages.get(messages.size() - 1)))
                : Optional.empty();
    }

    /** The tokens of all texts and tool calls. */
    long tokens() {
        long tokens = 0;
        for (var message : messages) {
            tokens += Tokens.count(text(message))
                    + message.element("tool_calls")
                            .map(calls -> Tokens.count(calls.toString()))
                            .orElse(0);
        }
        return tokens;
    }

    private String lastRole() {
        return messages.isEmpty() ? "" : role(messages.get(messages.size() - 1));
    }

    private static String role(JsonView message) {
        return message.string("role").orElse("");
    }

    private static String text(JsonView message) {
        return message.string("content")
                .orElseGet(() -> message.objects("content").stream()
                        .flatMap(part -> part.string("text").stream())
                        .collect(Collectors.joining()));
    }
}
