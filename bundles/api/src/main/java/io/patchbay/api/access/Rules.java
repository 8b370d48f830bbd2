package io.patchbay.api.access;

import java.util.Optional;

/**
 * What applies to the requests that are sent with an API key: what the key says, and what its account says.
 *
 * @param permissions what both allow
 * @param strategy name of the routing strategy for requests that ask for none, the key's if it has one; empty for the
 *     installation's
 */
public record Rules(Permissions permissions, Optional<String> strategy) {
    /** Everything is allowed. */
    public static final Rules NONE = new Rules(Permissions.ALL, Optional.empty());

    /** Those of a key. */
    public static Rules of(ApiKey key, Account account) {
        return new Rules(
                key.permissions().and(account.permissions()), key.strategy().or(account::strategy));
    }

    /** These rules, of which no more is allowed than that. */
    public Rules and(Permissions limits) {
        return limits.equals(Permissions.ALL) ? this : new Rules(permissions.and(limits), strategy);
    }
}
