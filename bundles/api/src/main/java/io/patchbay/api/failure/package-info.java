/** What can go wrong and whose fault it is. Adapters classify, the gateway decides, dialects translate to HTTP. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.failure;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
