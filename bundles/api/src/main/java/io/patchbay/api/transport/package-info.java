/** The one place with a network: sends what adapters encode and frames what comes back. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
