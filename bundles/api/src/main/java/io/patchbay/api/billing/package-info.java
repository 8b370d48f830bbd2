/** What generations cost and who pays: a hold before, a charge after, and nothing for no answer. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.billing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
