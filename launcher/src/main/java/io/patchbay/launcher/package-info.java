/** The small client behind bin/patchbay: what a shell cannot do without further tools. */
@NullMarked
package io.patchbay.launcher;

import org.jspecify.annotations.NullMarked;
