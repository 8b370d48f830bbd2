/** Holds the contracts and tools that tests of Patchbay and of vendors share. Never part of a running gateway. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
