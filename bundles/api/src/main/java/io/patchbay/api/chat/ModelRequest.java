package io.patchbay.api.chat;

import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What every request to a model has, whatever it asks of the model: enough to find endpoints and to plan. */
@ProviderType
public interface ModelRequest {
    /** The request itself, in the canonical form. */
    JsonView json();

    /** The models to try, in order, as the client wrote them. */
    List<String> models();

    /** Names of the fields that ask something of the model which not every provider can do. */
    List<String> parameters();

    /** The client's rules for choosing providers, {@code provider{…}}, unread. */
    Optional<JsonView> provider();
}
