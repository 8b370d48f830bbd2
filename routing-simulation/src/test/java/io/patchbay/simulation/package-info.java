/** Runs the router through ten bad minutes of many kinds, on a virtual clock. Test code, no bundle. */
@NullMarked
package io.patchbay.simulation;

import org.jspecify.annotations.NullMarked;
