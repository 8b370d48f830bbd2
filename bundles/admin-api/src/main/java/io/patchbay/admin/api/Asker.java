package io.patchbay.admin.api;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.util.Optional;

/**
 * Who asks. A key sees what is its account's; a management key of the operator's sees everybody's. What somebody may not
 * see is answered as if it were not there.
 *
 * @param key which was shown
 */
record Asker(ApiKey key) {
    /** Refuses all but management keys. */
    void requireManagement() {
        if (key.purpose() != ApiKey.Purpose.MANAGEMENT) {
            throw Failure.of(FailureKind.FORBIDDEN, "Only management keys can perform this operation.")
                    .toException();
        }
    }

    /** Refuses all but the operator's management keys. */
    void requireOperator() {
        requireManagement();
        if (!isOperator()) {
            throw Failure.of(FailureKind.FORBIDDEN, "Only management keys of the operator can perform this operation.")
                    .toException();
        }
    }

    /** The account that a management key means: its own if it names none. */
    String account(Optional<String> named) {
        requireManagement();
        var account = named.orElse(key.account().id());
        if (!maySee(account)) {
            throw notFound("account");
        }
        return account;
    }

    boolean maySee(String account) {
        return account.equals(key.account().id()) || (isOperator() && key.purpose() == ApiKey.Purpose.MANAGEMENT);
    }

    private boolean isOperator() {
        return key.account().id().equals(Account.OPERATOR.id());
    }

    static FailureException notFound(String what) {
        return Failure.of(FailureKind.NOT_FOUND, "There is no such " + what + '.')
                .toException();
    }
}
