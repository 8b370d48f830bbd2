/**
 * Trades a Google service account's key, or a user's credentials of gcloud, for tokens. Providers at Google Cloud name it
 * in their configuration ({@code token = google}); the gateway uses it before it asks them.
 */
@NullMarked
package io.patchbay.token.google;

import org.jspecify.annotations.NullMarked;
