/** What would have been, had generations been routed otherwise. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.replay;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
