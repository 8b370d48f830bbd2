package io.patchbay.plugin.healing;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import io.patchbay.api.pipeline.AnswerFilter;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mends the answer to one request, if it needs that, and says so. */
final class Healing implements Passage, AnswerFilter {
    private static final String CONTENT = "content";
    private static final String CUT_OFF = "length";

    private final JsonView request;
    private final List<Note> notes = new ArrayList<>();

    Healing(JsonView request) {
        this.request = request;
    }

    @Override
    public JsonView request() {
        return request;
    }

    @Override
    public Optional<AnswerFilter> answer() {
        return Optional.of(this);
    }

    @Override
    public List<Note> notes() {
        return List.copyOf(notes);
    }

    @Override
    public ChatCompletion whole(ChatCompletion completion) {
        if (completion.choices().stream().noneMatch(Healing::isBroken)) {
            return completion;
        }
        var tree = completion.json().toTree();
        for (var one : JsonTree.array(tree.get("choices"))) {
            var choice = JsonTree.object(one);
            if (isBroken(JsonView.of(choice))) {
                var message = JsonTree.object(choice.get("message"));
                var mended = JsonMender.mended(JsonTree.text(message.get(CONTENT)));
                note(mended.isPresent());
                mended.ifPresent(json -> message.addProperty(CONTENT, json));
            }
        }
        return ChatCompletion.of(JsonView.of(tree));
    }

    private void note(boolean isMended) {
        notes.add(new Note(
                "response_healing",
                "response-healing",
                isMended
                        ? "the answer was no JSON, and was repaired"
                        : "the answer is no JSON, and can't be repaired"));
    }

    /** Whether it has text that is no JSON. What was cut off by the limit of its length is not complete, however it is mended. */
    private static boolean isBroken(JsonView choice) {
        var text = choice.object("message").flatMap(message -> message.string(CONTENT));
        return text.filter(said -> !said.isBlank() && !isJson(said)).isPresent()
                && choice.string("finish_reason").filter(CUT_OFF::equals).isEmpty();
    }

    private static boolean isJson(String text) {
        try {
            var unused = JsonView.parse("{\"a\":" + text + '}');
            return true;
        } catch (MalformedJson broken) {
            return false;
        }
    }

    @Override
    public List<ChatChunk> chunks(List<ChatChunk> chunks) {
        return chunks;
    }

    @Override
    public List<ChatChunk> rest() {
        return List.of();
    }
}
