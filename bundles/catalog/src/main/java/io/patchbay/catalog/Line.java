package io.patchbay.catalog;

import io.patchbay.api.adapter.ModelListAdapter;
import io.patchbay.api.transport.Transport;

/**
 * What it takes to ask a provider for its models.
 *
 * @param adapter knows the words
 * @param transport carries them
 */
record Line(ModelListAdapter adapter, Transport transport) {}
