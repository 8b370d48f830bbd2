package io.patchbay.api.access;

import io.patchbay.api.ledger.Money;
import java.util.List;
import java.util.Optional;
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
     * @param name what people call it
     * @param overdraft see {@link Account#overdraft()}
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names what is wrong, also if there is one
     *     already
     */
    Account create(String id, String name, Money overdraft);
}
