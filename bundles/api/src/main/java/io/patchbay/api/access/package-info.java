/** Accounts and API keys: who is asking, who pays, and may they. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
