package io.patchbay.adapter.mistral;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers as OpenAI's are read, once content that is an array of parts (from models that think) has become text
 * and thoughts.
 */
final class MistralDecoder implements ChatDecoder {
    private static final byte[] CONTENT = "\"content\"".getBytes(StandardCharsets.US_ASCII);

    private final ChatDecoder openAi;

    MistralDecoder(ChatDecoder openAi) {
        this.openAi = openAi;
    }

    @Override
    public void decode(Frame frame, Consumer<? super ChatEvent> events) {
        openAi.decode(hasParts(frame.data()) ? new Frame(frame.event(), mend(frame.data())) : frame, events);
    }

    @Override
    public void end(Consumer<? super ChatEvent> events) {
        openAi.end(events);
    }

    /** Whether some content is an array, as far as a glance can tell: most are texts, and go through as they are. */
    private static boolean hasParts(byte[] json) {
        for (int i = 0; i + CONTENT.length < json.length; i++) {
            if (json[i] == '"' && isContent(json, i)) {
                int p = blanks(json, i + CONTENT.length);
                if (p < json.length && json[p] == ':') {
                    p = blanks(json, p + 1);
                    if (p < json.length && json[p] == '[') {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isContent(byte[] json, int from) {
        for (int i = 0; i < CONTENT.length; i++) {
            if (json[from + i] != CONTENT[i]) {
                return false;
            }
        }
        return true;
    }

    private static int blanks(byte[] json, int from) {
        int p = from;
        while (p < json.length && (json[p] == ' ' || json[p] == '\n' || json[p] == '\r' || json[p] == '\t')) {
            p++;
        }
        return p;
    }

    private static byte[] mend(byte[] json) {
        JsonObject answer;
        try {
            answer = JsonView.parse(json).toTree();
        } catch (MalformedJson e) {
            // For the decoder behind to say.
            return json;
        }
        if (answer.get("choices") instanceof JsonArray choices) {
            for (var choice : choices) {
                if (choice instanceof JsonObject object) {
                    mendContent(object.get("delta"));
                    mendContent(object.get("message"));
                }
            }
        }
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void mendContent(@Nullable JsonElement deltaOrMessage) {
        if (!(deltaOrMessage instanceof JsonObject said) || !(said.get("content") instanceof JsonArray parts)) {
            return;
        }
        var text = new StringBuilder();
        var thoughts = new StringBuilder();
        var references = new JsonArray();
        for (var part : parts) {
            if (part instanceof JsonObject object) {
                text.append(JsonTree.text(object.get("text")));
                append(object.get("thinking"), thoughts);
                if (JsonTree.text(object.get("type")).equals("reference")) {
                    references.add(object);
                }
            }
        }
        said.addProperty("content", text.toString());
        if (!references.isEmpty()) {
            // They name results of tools, and have no address: there is no canonical form for them.
            said.add("citations", references);
        }
        if (thoughts.length() > 0) {
            said.addProperty("reasoning", thoughts.toString());
            said.add("reasoning_details", details(thoughts.toString()));
        }
    }

    private static void append(@Nullable JsonElement thinking, StringBuilder to) {
        if (thinking instanceof JsonArray parts) {
            for (var part : parts) {
                to.append(part instanceof JsonObject object ? JsonTree.text(object.get("text")) : "");
            }
        } else {
            to.append(JsonTree.text(thinking));
        }
    }

    private static JsonArray details(String thoughts) {
        var detail = new JsonObject();
        detail.addProperty("type", "reasoning.text");
        detail.addProperty("text", thoughts);
        detail.addProperty("format", AssistantContent.FORMAT);
        detail.addProperty("index", 0);
        var details = new JsonArray();
        details.add(detail);
        return details;
    }
}
