package io.patchbay.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.json.JsonTree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Compares a request that an adapter has written with the one that was recorded. */
final class Written {
    private Written() {}

    /** Fails if it says anything else, or says it elsewhere. */
    static void isAsRecorded(ContractTerms terms, Exchange exchange, UpstreamRequest written) {
        var otherwise = terms.writtenOtherwise(exchange).keySet();
        var body = JsonTree.object(Json.lenient(new String(written.body(), StandardCharsets.UTF_8)));
        var sent = exchange.sentBody().orElseThrow().deepCopy();
        var differences = Json.differences(terms.plainly(sent), terms.plainly(body)).stream()
                .filter(difference -> otherwise.stream().noneMatch(difference::startsWith))
                .toList();
        if (exchange.lossy().isEmpty()) {
            assertThat(differences).as("the body").isEmpty();
        }
        if (!exchange.sentPath().isEmpty()) {
            assertThat(decoded(exchange.sentPath())).as("the path").endsWith(decoded(written.path()));
        }
    }

    private static String decoded(String path) {
        int query = path.indexOf('?');
        return URLDecoder.decode(query < 0 ? path : path.substring(0, query), StandardCharsets.UTF_8);
    }
}
