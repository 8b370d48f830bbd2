package io.patchbay.access;

import io.patchbay.api.failure.Failure;

/** What accounts and keys may be called: anything that does not spoil a listing. */
final class Names {
    private static final int MAX_LENGTH = 200;

    private Names() {}

    static void check(String name) {
        boolean printable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > MAX_LENGTH || !printable) {
            throw Failure.invalid(
                            "name",
                            "'name' must have 1 to " + MAX_LENGTH + " characters, none of them control characters.")
                    .toException();
        }
    }
}
