/** What models do beside chats and embeddings: one request, one whole answer. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.tasks;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
