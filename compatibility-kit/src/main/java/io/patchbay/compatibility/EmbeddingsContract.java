package io.patchbay.compatibility;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every adapter for embeddings has to keep, as a JUnit test, beside the {@link AdapterContract} of one that chats
 * too.
 *
 * <p>The exchanges come from where those for chats come from. Each is asked and answered over a real connection: in one
 * piece, in the recorded pieces, byte by byte, broken off, and halved; the vectors are wanted as numbers and as base64. The
 * report is written to {@code target/compatibility-report-embeddings.md}.
 */
public interface EmbeddingsContract extends ContractTerms {
    /** The adapter under test. */
    EmbeddingsAdapter adapter();

    /**
     * The canonical request that leads to the recorded one; empty where nobody knows: then the request is not compared.
     * Override it for recordings that lack it.
     */
    default Optional<JsonObject> request(Exchange exchange) {
        return exchange.canonicalRequest();
    }

    /** The contract. */
    @TestFactory
    default Stream<DynamicNode> keepsTheContract() {
        return new EmbeddingsRun(this).tests();
    }
}
