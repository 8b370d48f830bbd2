/** The SPI of vendors: translate a canonical chat to a provider's wire format and back. Pure code, no network. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.adapter;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
