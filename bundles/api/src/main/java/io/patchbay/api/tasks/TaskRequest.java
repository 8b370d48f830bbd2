package io.patchbay.api.tasks;

import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.tokens.PromptLength;
import java.util.List;
import java.util.Optional;

/**
 * A canonical request for a task: OpenRouter's ({@code POST /rerank}, {@code /images}, {@code /audio/speech}, {@code
 * /audio/transcriptions}, sound in base64), with what OpenAI's format has beside it. A dialect has checked the types of all
 * documented fields. Immutable.
 */
public final class TaskRequest implements ModelRequest {
    private static final String PROVIDER = "provider";

    private final Task task;
    private final JsonView json;

    private TaskRequest(Task task, JsonView json) {
        this.task = task;
        this.json = json;
    }

    /** Views a request that a dialect has checked. */
    public static TaskRequest of(Task task, JsonView json) {
        return new TaskRequest(task, json);
    }

    /** What is to be done. */
    public Task task() {
        return task;
    }

    @Override
    public JsonView json() {
        return json;
    }

    @Override
    public List<String> models() {
        return json.string("model").map(List::of).orElseGet(List::of);
    }

    /** Nobody says of models which of these fields they honour. */
    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public Optional<JsonView> provider() {
        return json.kind(PROVIDER).filter(JsonKind.OBJECT::equals).isPresent()
                ? json.object(PROVIDER)
                : Optional.empty();
    }

    /**
     * What it takes, for providers that count nothing: of a text that is read aloud its characters, as those who read aloud
     * ask for; else tokens from its size.
     *
     * @param results how many pictures came; 0 of anything else
     */
    public Usage estimate(long results) {
        long prompt = switch (task) {
            case RERANK -> size("query") + size("documents");
            case IMAGE -> size("prompt");
            case SPEECH ->
                json.string("input")
                        .map(text -> (long) text.codePointCount(0, text.length()))
                        .orElse(1L);
            case TRANSCRIPTION -> 1;
        };
        return Usage.estimated(prompt, results);
    }

    private long size(String field) {
        return json.has(field) ? PromptLength.ofSize(json.length(field)) : 0;
    }
}
