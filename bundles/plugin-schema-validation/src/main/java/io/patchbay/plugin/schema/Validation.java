package io.patchbay.plugin.schema;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.AnswerFilter;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the answer to one request against what it has to match. A stream is shown as it comes: only what ends it is kept back, so
 * that the client does not take it for complete before it was checked.
 */
final class Validation implements Passage, AnswerFilter {
    /** Characters of what is checked. */
    static final int LONGEST = 1_048_576;

    private final JsonView request;
    private final Demands demands;
    private final Map<Long, Said> choices = new TreeMap<>();
    private final List<ChatChunk> ends = new ArrayList<>();
    private final Set<Said> keptBack = new HashSet<>();
    private final List<Note> notes = new ArrayList<>();

    Validation(JsonView request, Demands demands) {
        this.request = request;
        this.demands = demands;
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
        long i = 0;
        for (var choice : completion.choices()) {
            said(choice, i++).add(choice, "message");
        }
        check();
        return completion;
    }

    @Override
    public List<ChatChunk> chunks(List<ChatChunk> chunks) {
        var shown = new ArrayList<ChatChunk>();
        for (var chunk : chunks) {
            boolean isKeptBack = false;
            for (var choice : chunk.choices()) {
                var said = said(choice, 0);
                said.add(choice, "delta");
                isKeptBack |= said.isFinished() || keptBack.contains(said);
            }
            if (isKeptBack) {
                // What follows of any choice in it has to stay behind it.
                chunk.choices().forEach(choice -> keptBack.add(said(choice, 0)));
                ends.add(chunk);
            } else {
                shown.add(chunk);
            }
        }
        return shown;
    }

    private Said said(JsonView choice, long usual) {
        return choices.computeIfAbsent(choice.integer("index").orElse(usual), index -> new Said());
    }

    @Override
    public List<ChatChunk> rest() {
        check();
        return List.copyOf(ends);
    }

    private void check() {
        var unchecked = new ArrayList<Said>();
        boolean isChecked = false;
        for (var said : choices.values()) {
            if (!said.isComplete()) {
                unchecked.add(said);
            } else if (!said.calls().isEmpty()) {
                isChecked |= checkCalls(said.calls());
            } else if (demands.content().isPresent()) {
                check("The answer", said.content(), demands.content().get());
                isChecked = true;
            }
        }
        if (isChecked) {
            note("the answer matches the schema");
        }
        if (!unchecked.isEmpty()) {
            note("an answer that is not complete, or a refusal, is not held against the schema");
        }
    }

    /** What a model says beside the calls of functions is not its answer yet. */
    private boolean checkCalls(List<Said.Call> calls) {
        boolean isChecked = false;
        for (var call : calls) {
            var demand = demands.arguments().get(call.name());
            if (demand != null) {
                check("A tool call", call.arguments(), demand);
                isChecked = true;
            }
        }
        return isChecked;
    }

    private void check(String what, String text, Demand demand) {
        if (text.length() > LONGEST) {
            throw mismatch(what + " is too long to be held against " + demand.name() + '.');
        }
        var value = StrictJson.read(text);
        if (value.isEmpty()) {
            throw mismatch(what + " does not match " + demand.name() + ": it is not JSON.");
        }
        try {
            var mismatches = demand.schema().mismatches(value.get());
            if (!mismatches.isEmpty()) {
                throw mismatch(what + " does not match " + demand.name() + ": " + String.join("; ", mismatches) + '.');
            }
        } catch (Budget.Exhausted exhausted) {
            throw mismatch(what + " takes too long to be held against " + demand.name() + '.');
        }
    }

    private FailureException mismatch(String message) {
        note("the answer does not match the schema");
        return Failure.of(FailureKind.SCHEMA_MISMATCH, message).toException();
    }

    private void note(String summary) {
        notes.add(new Note("plugin", "schema-validation", summary));
    }
}
