package io.patchbay.api.adapter;

import java.net.URI;

/**
 * A question for a token. Immutable.
 *
 * @param baseUrl of who gives tokens, which is seldom the provider's own; from the operator's key or configuration
 * @param request what to ask there
 */
public record TokenRequest(URI baseUrl, UpstreamRequest request) {}
