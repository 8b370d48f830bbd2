package io.patchbay.api.catalog;

/** A text that must never show: its {@link #toString()} is redacted. Held no longer than needed. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a secret. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The text itself. Only for the one place that has to send or hash it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
