/**
 * The plugin {@code schema-validation}: an answer that is to match a schema is held against it before it counts as one. Used by
 * the gateway.
 */
@NullMarked
package io.patchbay.plugin.schema;

import org.jspecify.annotations.NullMarked;
