/** Tests that run inside the container, where bundles, components and services can be seen. */
@NullMarked
package io.patchbay.itests.container;

import org.jspecify.annotations.NullMarked;
