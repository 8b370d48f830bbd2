/**
 * The compatibility kit: holds an adapter against recorded exchanges, over a real connection, and reports what it found.
 * Implement {@link io.patchbay.compatibility.AdapterContract} in a test class. Never part of a running gateway.
 */
@NullMarked
package io.patchbay.compatibility;

import org.jspecify.annotations.NullMarked;
