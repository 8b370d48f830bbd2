package io.patchbay.catalog;

/** One key of a configuration file is wrong. */
final class BadSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * Says what is wrong.
     *
     * @param reason for the operator; never quotes a credential
     */
    BadSetting(String key, String reason) {
        super(reason);
        this.key = key;
    }

    String key() {
        return key;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
