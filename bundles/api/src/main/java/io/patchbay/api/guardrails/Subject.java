package io.patchbay.api.guardrails;

/**
 * Whose request it is.
 *
 * @param account id of the account
 * @param key id of the API key; empty for the operator at the console
 */
public record Subject(String account, String key) {}
