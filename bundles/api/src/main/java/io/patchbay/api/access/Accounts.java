package io.patchbay.api.access;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Knows who pays. For any thread; what changes accounts blocks, and throws a
 * {@link io.patchbay.api.failure.FailureException} UNAVAILABLE if they can't be written.
 */
@ProviderType
public interface Accounts {
    /** All accounts by id. {@link Account#OPERATOR} is always among them. */
    List<Account> accounts();

    /** An account by its id. */
    Optional<Account> findAccount(String id);

    /**
     * Makes an account; it is on disk when this returns.
     *
     * @param id 1 to 63 lower-case letters, digits, dots, dashes and underscores; the first one a letter or digit
     * @param settings says what it is to be; until told otherwise it is called like its id, and has no overdraft and no
     *     rules
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names what is wrong, also if there is one
     *     already
     */
    Account create(String id, UnaryOperator<Account.Builder> settings);

    /**
     * Changes an account; what was changed is on disk when this returns, and counts for what is asked from now on. The
     * operator's rules can't be changed: it has none.
     *
     * @param settings changes what it is to change
     * @return the account as it is then; empty if there is none
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names what is wrong
     */
    Optional<Account> changeAccount(String id, UnaryOperator<Account.Builder> settings);
}
