package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Endpoints as accounts see them that have credentials of their own. For any thread. */
final class OwnEndpoints {
    private final Function<String, Map<String, StoredKey>> keysOf;
    /** By account and provider: the same provider is the same object, so that its tokens are kept. */
    private final Map<String, Owned> owned = new ConcurrentHashMap<>();

    private record Owned(Provider shared, StoredKey key, Provider provider) {
        boolean isOf(Provider nowShared, StoredKey nowKey) {
            return shared.equals(nowShared) && key.equals(nowKey);
        }
    }

    /**
     * Begins without any.
     *
     * @param keysOf an account's own keys, by provider
     */
    OwnEndpoints(Function<String, Map<String, StoredKey>> keysOf) {
        this.keysOf = keysOf;
    }

    /**
     * What an account can use.
     *
     * @param shared what everybody can
     * @param dormant what nobody can without a credential of their own
     */
    List<Endpoint> of(String account, List<Endpoint> shared, List<Endpoint> dormant) {
        var keys = keysOf.apply(account);
        if (keys.isEmpty()) {
            return shared;
        }
        var all = new ArrayList<Endpoint>(shared.size() + 2);
        addOwn(account, keys, shared, all);
        addOwn(account, keys, dormant, all);
        for (var endpoint : shared) {
            var key = keys.get(endpoint.provider().name());
            if (key == null || key.secret().isPresent()) {
                all.add(endpoint);
            }
        }
        return all;
    }

    private void addOwn(String account, Map<String, StoredKey> keys, List<Endpoint> endpoints, List<Endpoint> all) {
        for (var endpoint : endpoints) {
            var key = keys.get(endpoint.provider().name());
            if (key != null && key.secret().isPresent()) {
                all.add(endpoint.at(provider(account, endpoint.provider(), key)));
            }
        }
    }

    private Provider provider(String account, Provider shared, StoredKey key) {
        return owned.compute(
                        account + '/' + shared.name(),
                        (id, known) -> known != null && known.isOf(shared, key)
                                ? known
                                : new Owned(
                                        shared,
                                        key,
                                        shared.ofAccount(account, key.secret().orElseThrow())))
                .provider();
    }
}
