/** From the endpoints that serve a model to an ordered, explained route; and the SPI of routing strategies. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.routing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
