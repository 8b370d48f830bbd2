package io.patchbay.api.catalog;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** All endpoints of this installation. Each call answers from one consistent snapshot. For any thread. */
@ProviderType
public interface Catalog {
    /**
     * The endpoints of a model, in no particular order; empty if nobody serves it. Those whose bundle went away a
     * moment ago, as in an update, still count.
     */
    List<Endpoint> endpoints(ModelId model);

    /**
     * The same for an account: beside those endpoints, those that it can use with its own credentials. If one of these
     * can't be read, its provider is left out altogether: the account does not want to be asked to pay for it here.
     */
    List<Endpoint> endpoints(ModelId model, String account);

    /** Every endpoint that can be used now at the usual tier of service, ordered by model and provider. */
    List<Endpoint> endpoints();

    /** Every provider that is configured, ordered by name, with its state. */
    List<ProviderStatus> providers();
}
