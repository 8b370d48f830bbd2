/** The plugin {@code response-healing}: an answer that was to be JSON and nearly is becomes JSON. Used by the gateway. */
@NullMarked
package io.patchbay.plugin.healing;

import org.jspecify.annotations.NullMarked;
