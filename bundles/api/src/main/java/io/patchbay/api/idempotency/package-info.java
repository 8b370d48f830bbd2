/** Requests that clients give a name, so that one sent twice is answered once and paid for once. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.idempotency;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
