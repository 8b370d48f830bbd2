/** Named, versioned defaults of requests, in a database. Used by the gateway, which fills them in, and the management API. */
@NullMarked
package io.patchbay.presets;

import org.jspecify.annotations.NullMarked;
