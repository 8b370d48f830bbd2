/**
 * Speaks Amazon Bedrock's Converse and ConverseStream, which are one format for the models of many makers. Providers'
 * configuration names it as {@code bedrock}; the gateway uses it for each attempt.
 */
@NullMarked
package io.patchbay.adapter.bedrock;

import org.jspecify.annotations.NullMarked;
