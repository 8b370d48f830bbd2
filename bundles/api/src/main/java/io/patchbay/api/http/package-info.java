/** Where the {@code http} bundle meets those who answer requests: dialects, admin API, dashboard. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
