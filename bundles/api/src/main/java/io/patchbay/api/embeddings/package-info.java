/** Embeddings in the canonical form: what clients ask for and what they get. Used by dialects, the gateway, adapters. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.embeddings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
