package io.patchbay.itests.conformance;

/**
 * One answer and what was asked.
 *
 * @param path without the query, as it was sent
 * @param type the media type, without parameters; empty if there is none
 * @param complete false if the client went, or the connection broke, before the end
 */
record Exchange(String method, String path, int status, String type, String body, boolean complete) {}
