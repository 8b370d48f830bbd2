/**
 * The one place with a network: carries requests to providers and frames back. A bundle of its own so that everybody
 * else stays pure and testable; the gateway is its user.
 */
@NullMarked
package io.patchbay.transport;

import org.jspecify.annotations.NullMarked;
