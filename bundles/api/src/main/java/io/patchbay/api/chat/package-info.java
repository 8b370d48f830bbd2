/** The canonical chat: OpenAI's chat JSON with OpenRouter's extensions, as typed views over its bytes. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.chat;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
