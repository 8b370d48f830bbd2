/** Where what must not be lost is kept: SQL databases, embedded or elsewhere, without caring which. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.database;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
