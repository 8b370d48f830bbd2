package io.patchbay.batches;

import java.time.Instant;

/**
 * A file without what is in it.
 *
 * @param size in bytes
 */
record BatchFile(String id, String account, Instant created, String name, String purpose, long size) {}
