/**
 * Knows which endpoints serve which model: from the files {@code etc/io.patchbay.provider~NAME.cfg}, from the
 * catalogue in {@code etc/catalog}, from the lists of models that providers give, and from bundles that bring their own.
 * Keeps the keys of providers that the operator has typed, encrypted, and the prices that were imported or have stood: a
 * price is a part of its endpoint, so billing, which sees endpoints only, need not know where it is from. The gateway asks
 * it for every request.
 */
@NullMarked
package io.patchbay.catalog;

import org.jspecify.annotations.NullMarked;
