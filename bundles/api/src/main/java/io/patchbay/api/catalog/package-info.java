/** Models, providers and the endpoints where they meet; and how bundles offer them. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.catalog;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
