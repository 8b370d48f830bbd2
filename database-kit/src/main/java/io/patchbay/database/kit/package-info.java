/** Places for databases in tests: see {@link io.patchbay.database.kit.DatabasePlace}. Never part of a running gateway. */
@NullMarked
package io.patchbay.database.kit;

import org.jspecify.annotations.NullMarked;
