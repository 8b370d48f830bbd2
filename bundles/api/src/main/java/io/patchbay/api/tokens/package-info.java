/** Counting the tokens of texts before a provider does. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.tokens;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
