/** Files that requests name by their address, fetched by the gateway itself: only from where anybody could. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.fetch;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
