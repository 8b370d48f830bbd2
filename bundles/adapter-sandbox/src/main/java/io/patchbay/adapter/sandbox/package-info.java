/**
 * A model without a network: deterministic answers, programmable misbehaviour. The gateway finds it as any vendor's
 * local model; newcomers, tests and vendors who look for an example use it.
 */
@NullMarked
package io.patchbay.adapter.sandbox;

import org.jspecify.annotations.NullMarked;
