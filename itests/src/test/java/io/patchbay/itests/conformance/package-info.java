/**
 * Holds every answer that the tests get against the documents of the API: OpenRouter's and Patchbay's own. The tests have
 * nothing to do for it but to ask with {@link io.patchbay.itests.conformance.CheckedHttpClient}.
 */
@NullMarked
package io.patchbay.itests.conformance;

import org.jspecify.annotations.NullMarked;
