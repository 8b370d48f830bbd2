package io.patchbay.api.ledger;

/**
 * One leg of a transfer.
 *
 * @param account which gets it
 * @param amount how much; below zero if it gives it
 */
public record Entry(LedgerAccount account, Money amount) {}
