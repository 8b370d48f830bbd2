package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a request is one more turn of: the session that the client names, or the prompt cache that it names, or else
 * whatever begins with the same instructions and the same first message.
 *
 * @param name of it, within an account and a model
 */
record Conversation(String name) {
    static final String SESSION = "session_id";
    private static final List<String> INSTRUCTING = List.of("system", "developer");

    /** Whether the client says that there is more to come. */
    static boolean isSession(ModelRequest request) {
        return request.json().string(SESSION).isPresent();
    }

    /** The one of a chat; empty if it says nothing, or is no chat. */
    static Optional<Conversation> of(ModelRequest request) {
        if (!(request instanceof ChatRequest chat)) {
            return Optional.empty();
        }
        return chat.json()
                .string(SESSION)
                .map(session -> new Conversation("session " + session))
                .or(() -> chat.json().string("prompt_cache_key").map(key -> new Conversation("cache " + key)))
                .or(() -> ofBeginning(chat.messages()));
    }

    private static Optional<Conversation> ofBeginning(List<JsonView> messages) {
        JsonView instructions = null;
        JsonView first = null;
        for (var message : messages) {
            boolean isInstructing =
                    message.string("role").filter(INSTRUCTING::contains).isPresent();
            if (isInstructing) {
                instructions = instructions == null ? message : instructions;
            } else {
                first = message;
                break;
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        // Two that begin differently and have the same name would share an endpoint, nothing else.
        var name = (instructions == null ? "" : checksum(instructions)) + ' ' + checksum(first);
        return Optional.of(new Conversation(name));
    }

    private static String checksum(JsonView message) {
        var crc = new CRC32C();
        var bytes = message.toBytes();
        crc.update(bytes);
        return bytes.length + "-" + crc.getValue();
    }
}
