/**
 * What a bundle needs that speaks with clients in a format of its own: it reads requests into the canonical form, writes
 * canonical answers in its format, and leaves the course of an answer to {@link io.patchbay.api.dialect.ChatExchanges}.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.api.dialect;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
