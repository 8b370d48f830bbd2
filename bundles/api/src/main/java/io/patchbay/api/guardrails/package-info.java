/** Rules for what may be asked and answered, beyond what a key and its account may use. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.guardrails;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
