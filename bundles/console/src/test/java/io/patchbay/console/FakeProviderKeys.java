package io.patchbay.console;

import io.patchbay.api.catalog.ProviderKeys;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps keys in memory, and refuses those that hold a blank. */
final class FakeProviderKeys implements ProviderKeys {
    private final Map<String, String> keys = new TreeMap<>();

    String key(String provider) {
        return keys.getOrDefault(provider, "none");
    }

    @Override
    public void store(String provider, Secret key) {
        if (key.reveal().contains(" ")) {
            throw Failure.invalid("key", "A key can't hold blanks.").toException();
        }
        keys.put(provider, key.reveal());
    }

    @Override
    public boolean remove(String provider) {
        return keys.remove(provider) != null;
    }

    @Override
    public Set<String> stored() {
        return keys.keySet();
    }

    @Override
    public void store(String account, String provider, Secret key) {
        store(account + '/' + provider, key);
    }

    @Override
    public boolean remove(String account, String provider) {
        return remove(account + '/' + provider);
    }

    @Override
    public int rotateMasterKey() {
        return keys.size();
    }

    @Override
    public Set<String> stored(String account) {
        throw new UnsupportedOperationException();
    }
}
