/** Money: the double-entry book of every dollar, and holds on what it says is there. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.ledger;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
