package io.patchbay.plugin.parser;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.AnswerFilter;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a request passes whose files were read; its answer brings what was read, for the next request. */
final class ReadFiles implements Passage, AnswerFilter {
    private final JsonView request;
    private final List<ReadFile> files;
    private final long answers;
    private boolean isSaid;

    ReadFiles(ChatRequest asked, List<ReadFile> files) {
        this.request = PlainRequest.of(asked, files);
        this.files = files;
        this.answers = asked.answers();
        this.isSaid = news().isEmpty();
    }

    @Override
    public JsonView request() {
        return request;
    }

    @Override
    public Optional<AnswerFilter> answer() {
        return isSaid ? Optional.empty() : Optional.of(this);
    }

    @Override
    public List<Note> notes() {
        return files.isEmpty() ? List.of() : List.of(new Note("plugin", Engine.PLUGIN, summary()));
    }

    private String summary() {
        int known = files.size() - news().size();
        int pages = files.stream().mapToInt(ReadFile::pages).sum();
        var read = counted(news().size(), "file") + (pages == 0 ? "" : ", " + counted(pages, "page"));
        return read + " read as text" + (known == 0 ? "" : ", " + counted(known, "file") + " known from before");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private List<ReadFile> news() {
        return files.stream().filter(file -> !file.isKnown()).toList();
    }

    private JsonArray annotations() {
        var annotations = new JsonArray();
        news().forEach(file -> annotations.add(file.annotation()));
        return annotations;
    }

    @Override
    public ChatCompletion whole(ChatCompletion completion) {
        var tree = completion.json().toTree();
        for (var choice : JsonTree.array(tree.get("choices"))) {
            if (JsonTree.object(choice).get("message") instanceof JsonObject message) {
                var annotations = annotations();
                annotations.addAll(JsonTree.array(message.get(Annotations.NAME)));
                message.add(Annotations.NAME, annotations);
            }
        }
        return ChatCompletion.of(JsonView.of(tree));
    }

    @Override
    public List<ChatChunk> chunks(List<ChatChunk> chunks) {
        if (isSaid) {
            return chunks;
        }
        isSaid = true;
        return Stream.concat(Stream.of(said()), chunks.stream()).toList();
    }

    private ChatChunk said() {
        var choices = new JsonArray();
        for (int i = 0; i < answers; i++) {
            var delta = new JsonObject();
            delta.addProperty("role", "assistant");
            delta.add(Annotations.NAME, annotations());
            var choice = new JsonObject();
            choice.addProperty("index", i);
            choice.add("delta", delta);
            choice.add("finish_reason", JsonNull.INSTANCE);
            choices.add(choice);
        }
        var chunk = new JsonObject();
        chunk.add("choices", choices);
        return ChatChunk.of(JsonView.of(chunk));
    }

    @Override
    public List<ChatChunk> rest() {
        return List.of();
    }
}
