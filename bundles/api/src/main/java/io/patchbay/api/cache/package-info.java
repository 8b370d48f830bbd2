/** Answers that are kept, for whoever asks the same again and wants that. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.cache;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
