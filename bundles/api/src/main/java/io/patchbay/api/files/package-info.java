/** Files that Patchbay writes beside its databases: keys, prices. Used by whatever keeps secrets of its own. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.files;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
