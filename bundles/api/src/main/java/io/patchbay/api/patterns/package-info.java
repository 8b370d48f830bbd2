/** Regular expressions that others have written: what may be known of them before they are compiled. Used by who filters texts. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.patterns;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
