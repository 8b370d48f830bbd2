/** What requests and answers pass on their way through the gateway, and what may change them: plugins, guardrails. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.pipeline;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
