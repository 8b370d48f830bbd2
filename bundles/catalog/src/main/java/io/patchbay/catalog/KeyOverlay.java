package io.patchbay.catalog;

import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.ProviderStatus.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts stored keys in the place of those that the files give. A stored key that can't be decrypted leaves the provider
 * without one: the key in the file may be of another account. Guarded by the catalog's lock.
 */
final class KeyOverlay {
    private final Function<String, Optional<StoredKey>> stored;
    private final Map<String, Overlaid> overlaid = new HashMap<>();

    KeyOverlay(Function<String, Optional<StoredKey>> stored) {
        this.stored = stored;
    }

    /** What is in force of a file: the same as before if neither the file nor the key is another. */
    ProviderSettings over(ProviderSettings file) {
        var key = stored.apply(file.name());
        if (key.isEmpty()) {
            overlaid.remove(file.name());
            return file;
        }
        var before = overlaid.get(file.name());
        if (before != null && before.file().equals(file) && before.key().equals(key.get())) {
            return before.result();
        }
        var provider =
                key.get().secret().map(file.provider()::withCredential).orElseGet(file.provider()::withoutCredential);
        var after = new Overlaid(file, key.get(), file.with(provider));
        overlaid.put(file.name(), after);
        return after.result();
    }

    /** Says what is wrong with the stored key of a provider that has none for that reason. */
    ProviderStatus explain(ProviderStatus status) {
        var problem =
                stored.apply(status.provider().name()).map(StoredKey::problem).orElse("");
        if (problem.isEmpty() || status.state() != State.NO_CREDENTIAL) {
            return status;
        }
        var detail = "Its stored key can't be decrypted: " + problem + ".";
        return new ProviderStatus(status.provider(), status.endpoints(), status.state(), detail);
    }

    private record Overlaid(ProviderSettings file, StoredKey key, ProviderSettings result) {}
}
