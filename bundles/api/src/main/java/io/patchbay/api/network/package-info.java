/** Which addresses may be connected to: the public ones, and those that the operator permits. Used by whatever connects. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.network;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
