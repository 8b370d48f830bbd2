/** The plugin {@code context-compression}: a conversation too long for a model loses its middle. Used by the gateway. */
@NullMarked
package io.patchbay.plugin.compression;

import org.jspecify.annotations.NullMarked;
