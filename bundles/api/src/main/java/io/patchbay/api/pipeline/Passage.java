package io.patchbay.api.pipeline;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** How one request passes a guardrail or a plugin, and its answer on the way back. For one thread at a time. */
@ConsumerType
public interface Passage {
    /** The request as it may go on, in the canonical form. */
    JsonView request();

    /** What may be used for it, beside what its key and account allow. */
    default Permissions permissions() {
        return Permissions.ALL;
    }

    /** What it must fit into, beside the budget of its key; their ids are the key's. */
    default List<Budget> budgets() {
        return List.of();
    }

    /** Who sees the answer before the client does, if anybody. Asked for once. */
    default Optional<AnswerFilter> answer() {
        return Optional.empty();
    }

    /** What was done, so far. */
    default List<Note> notes() {
        return List.of();
    }
}
