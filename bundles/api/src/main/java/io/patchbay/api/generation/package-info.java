/** The use case: one generation from request to record, for the dialects and the console to start and listen to. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.generation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
