/**
 * What-if: routes the generations of the past once more with another strategy, policy or price, on a clock of its own,
 * and compares. Used by the console.
 */
@NullMarked
package io.patchbay.replay;

import org.jspecify.annotations.NullMarked;
