package io.patchbay.compatibility;

import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import java.net.URI;
import java.util.Map;

/** What every contract asks of whoever signs it: which exchanges it is for, and what of them is to be overlooked. */
public interface ContractTerms {
    /** System property: a folder with more exchanges. */
    String FOLDER = "patchbay.exchanges";

    /** Whether an exchange is in the adapter's wire format. */
    boolean speaks(Exchange exchange);

    /**
     * The provider as its configuration would describe it: override to set options.
     *
     * @param server base URL of who answers from the recording
     */
    default Provider provider(Exchange exchange, URI server) {
        return Provider.builder("recorded", "recorded").baseUrl(server).build();
    }

    /** The endpoint that is asked: override where the adapter goes by what is known of a model. */
    default Endpoint endpoint(Exchange exchange, Provider provider) {
        return Endpoint.builder(new ModelId("recorded", "model", ""), provider)
                .upstreamModel(exchange.model())
                .build();
    }

    /** Single exchanges that the adapter can't pass, by id, with the reason. One that passes must not be named. */
    default Map<String, String> unsupported() {
        return Map.of();
    }

    /**
     * Where the request is written otherwise than recorded, and rightly so: paths in the body ({@code max_tokens},
     * {@code messages[0].content}), each with the reason. All that is below a path counts as named with it.
     */
    default Map<String, String> writtenOtherwise(Exchange exchange) {
        return Map.of();
    }

    /**
     * A request body in one of several spellings that mean the same to the provider ({@code "stream": false} or nothing,
     * a text or a list of one text), so that the one that is written can be compared with the one that was recorded. The
     * body may be changed and returned.
     */
    default JsonObject plainly(JsonObject body) {
        return body;
    }
}
