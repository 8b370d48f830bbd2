/**
 * The plugin {@code file-parser}: files in messages become text, for models that take none. Used by the gateway. PDFs are read
 * by a process of its own, whose program this bundle brings along.
 */
@NullMarked
package io.patchbay.plugin.parser;

import org.jspecify.annotations.NullMarked;
