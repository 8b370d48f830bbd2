package io.patchbay.guardrails;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.guardrails.Blocked;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.pipeline.AnswerFilter;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a request passes all guardrails of its account that apply to it. */
final class GuardedPassage implements Passage {
    private final JsonView request;
    private final Permissions permissions;
    private final List<Budget> budgets;
    private final Sieve prompt;
    private final Sieve answer;
    private final Filters ofAnswer;

    /** @throws io.patchbay.api.failure.FailureException CONTENT_FILTERED if it holds what is not to pass */
    GuardedPassage(JsonView request, Permissions permissions, List<Budget> budgets, Filters filters) {
        this.permissions = permissions;
        this.budgets = budgets;
        var ofPrompt = filters.ofInput();
        this.prompt = new Sieve(ofPrompt);
        this.ofAnswer = filters.ofOutput();
        this.answer = new Sieve(ofAnswer);
        this.request = ofPrompt.isEmpty() ? request : Prompt.passed(request, prompt::pass);
        if (!prompt.blocked().isEmpty()) {
            throw Blocked.request(prompt.blocked());
        }
    }

    @Override
    public JsonView request() {
        return request;
    }

    @Override
    public Permissions permissions() {
        return permissions;
    }

    @Override
    public List<Budget> budgets() {
        return budgets;
    }

    @Override
    public Optional<AnswerFilter> answer() {
        return ofAnswer.isEmpty() ? Optional.empty() : Optional.of(new AnswerSieve(answer));
    }

    @Override
    public List<Note> notes() {
        var notes = new ArrayList<>(prompt.notes("prompt"));
        notes.addAll(answer.notes("answer"));
        return notes;
    }
}
