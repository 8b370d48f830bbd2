package io.patchbay.console;

import io.patchbay.api.access.Access;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes keys whose secrets are "secret-of-NAME". */
final class FakeAccess implements Access {
    private final List<ApiKey> keys = new ArrayList<>();

    @Override
    public ApiKey authenticate(Secret secret) {
        throw new UnsupportedOperationException("the console needs no key");
    }

    @Override
    public IssuedKey create(String name, ApiKey.Purpose purpose) {
        if (name.isBlank()) {
            throw Failure.invalid("name", "'name' must not be blank.").toException();
        }
        var key = ApiKey.builder(name, Instant.parse("2026-03-01T12:00:00.123456Z"))
                .label("sec..." + name)
                .name(name)
                .purpose(purpose)
                .build();
        keys.add(0, key);
        return new IssuedKey(key, Secret.of("secret-of-" + name));
    }

    @Override
    public List<ApiKey> keys() {
        return keys;
    }
}
