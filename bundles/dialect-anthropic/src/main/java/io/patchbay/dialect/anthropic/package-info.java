/**
 * Anthropic's Messages for any model: what Anthropic's clients send, and Claude Code. Found by the http bundle, asks the
 * gateway.
 */
@NullMarked
package io.patchbay.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
