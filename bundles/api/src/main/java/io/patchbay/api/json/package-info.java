/** JSON as bytes: find, read and replace single members without building a tree. For dialects and adapters, whose fast path copies what it need not understand. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
