/** OpenAI's Responses for any model, stateless: whole and streamed. Found by the http bundle, asks the gateway. */
@NullMarked
package io.patchbay.dialect.responses;

import org.jspecify.annotations.NullMarked;
