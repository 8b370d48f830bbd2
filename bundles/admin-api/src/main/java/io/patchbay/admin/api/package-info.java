/**
 * The management API over HTTP: keys, credits, generations, the ledger, statements. OpenRouter's where it has the
 * operation, ours where it has none. For scripts and dashboards of operators and of whoever pays; nobody in here uses it.
 */
@NullMarked
package io.patchbay.admin.api;

import org.jspecify.annotations.NullMarked;
