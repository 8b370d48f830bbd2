package io.patchbay.gateway;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.pipeline.AnswerFilter;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import java.util.ArrayList;
import java.util.List;

/** How one request passed the guardrails and plugins that had something to say of it. For one thread at a time. */
final class Passages {
    /** Nobody had anything to say. */
    static final Passages NONE = new Passages(List.of());

    private final List<Passage> passages;
    /** The one that saw the request last sees the answer first. */
    private final List<AnswerFilter> filters = new ArrayList<>();

    Passages(List<Passage> passages) {
        this.passages = passages;
        passages.forEach(passage -> passage.answer().ifPresent(filter -> filters.add(0, filter)));
    }

    /** What all of them allow. */
    Permissions permissions() {
        var permissions = Permissions.ALL;
        for (var passage : passages) {
            permissions = passage.permissions().and(permissions);
        }
        return permissions;
    }

    List<Budget> budgets() {
        return passages.isEmpty()
                ? List.of()
                : passages.stream()
                        .flatMap(passage -> passage.budgets().stream())
                        .toList();
    }

    List<Note> notes() {
        return passages.isEmpty()
                ? List.of()
                : passages.stream().flatMap(passage -> passage.notes().stream()).toList();
    }

    /** @throws io.patchbay.api.failure.FailureException if the client is not to see it */
    ChatCompletion whole(ChatCompletion completion) {
        var seen = completion;
        for (var filter : filters) {
            seen = filter.whole(seen);
        }
        return seen;
    }

    /** @throws io.patchbay.api.failure.FailureException if the client is not to see them */
    List<ChatChunk> chunks(List<ChatChunk> chunks) {
        var seen = chunks;
        for (var filter : filters) {
            seen = seen.isEmpty() ? seen : filter.chunks(seen);
        }
        return seen;
    }

    /** @throws io.patchbay.api.failure.FailureException if the client is not to see it */
    List<ChatChunk> rest() {
        List<ChatChunk> rest = List.of();
        for (var filter : filters) {
            var seen = new ArrayList<ChatChunk>(rest.isEmpty() ? rest : filter.chunks(rest));
            seen.addAll(filter.rest());
            rest = seen;
        }
        return rest;
    }
}
