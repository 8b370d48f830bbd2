package io.patchbay.api.guardrails;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The guardrails that accounts make for their keys. For any thread; what changes something blocks. */
@ProviderType
public interface Guardrails {
    /** An account's, the oldest first. */
    List<AccountGuardrail> all(String account);

    /** One of an account's. */
    Optional<AccountGuardrail> find(String account, String id);

    /**
     * Makes one. It applies to nothing until it is assigned, or to the whole account if it says so.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if a pattern is none; UNAVAILABLE if it can't be
     *     written now
     */
    AccountGuardrail create(String account, AccountGuardrail.Rules rules);

    /**
     * Changes what one says, from the next request on.
     *
     * @throws io.patchbay.api.failure.FailureException as {@link #create}; NOT_FOUND if there is none
     */
    AccountGuardrail change(String account, String id, AccountGuardrail.Rules rules);

    /** Deletes one; returns whether there was one. */
    boolean delete(String account, String id);

    /**
     * Assigns keys to one, or takes them away from it, from the next request on.
     *
     * @return how many that changed
     * @throws io.patchbay.api.failure.FailureException NOT_FOUND if there is none
     */
    int assign(String account, String id, Set<String> keys, boolean assigned);
}
