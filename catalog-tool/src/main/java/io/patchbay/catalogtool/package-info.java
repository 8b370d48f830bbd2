/** Makes {@code etc/catalog} and providers' files out of public lists of models. Not part of the distribution. */
@NullMarked
package io.patchbay.catalogtool;

import org.jspecify.annotations.NullMarked;
