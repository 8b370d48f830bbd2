/**
 * Serves HTTP: owns the client-facing sockets, reads requests whole and within limits, and hands each to the
 * {@link io.patchbay.api.http.HttpEndpoint} service that claims its path. Used by dialects and by everything else that
 * answers clients; they see {@code io.patchbay.api.http} only.
 */
@NullMarked
package io.patchbay.http;

import org.jspecify.annotations.NullMarked;
