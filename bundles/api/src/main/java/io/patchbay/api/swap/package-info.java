/** How parts are replaced under load: leases on what is in use, parking for those who come in the gap. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.swap;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
