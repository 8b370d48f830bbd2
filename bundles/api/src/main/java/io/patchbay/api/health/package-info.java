/** What is known of endpoints from their latest outcomes, kept apart from the router so that it outlives it. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.health;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
