package io.patchbay.compatibility;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.testkit.FakeUpstream.Script;
import java.time.Instant;

/** The gateway's transport, a provider that answers from recordings, and the adapter between them. */
final class Rig implements AutoCloseable {
    private static final String ANY_QUESTION =
            "{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    static final Credential KEY =
            Credential.apiKey(Secret.of("AKIDEXAMPLEKEY")).at(Instant.parse("2026-01-01T00:00:00Z"));

    private final AdapterContract contract;
    private final Wire wire = new Wire();

    Rig(AdapterContract contract) {
        this.contract = contract;
    }

    /** What the adapter makes of the exchange's canonical request, or of any question if nobody knows that one. */
    UpstreamRequest encode(Exchange exchange) {
        return contract.adapter().encode(request(exchange), endpoint(exchange), KEY);
    }

    /** What the adapter makes of another request to the same endpoint. */
    UpstreamRequest encode(Exchange exchange, JsonObject request) {
        return contract.adapter().encode(ChatRequest.of(JsonView.of(request)), endpoint(exchange), KEY);
    }

    /** The exchange's canonical request, or any question if nobody knows that one. */
    JsonObject canonical(Exchange exchange) {
        return request(exchange).json().toTree();
    }

    /** Asks the question and has the provider answer it in one way or another. */
    Answer ask(Exchange exchange, Script answer) {
        var request = request(exchange);
        var endpoint = endpoint(exchange);
        var adapter = contract.adapter();
        var sent = adapter.encode(request, endpoint, KEY);
        var attempt = new Attempt(adapter, adapter.decoder(request, endpoint), sent);
        return wire.ask(endpoint.provider(), sent, answer, attempt, attempt.answer());
    }

    private ChatRequest request(Exchange exchange) {
        var json = exchange.canonicalRequest().map(JsonView::of).orElseGet(() -> JsonView.parse(ANY_QUESTION));
        return ChatRequest.of(json.rewrite()
                .raw("stream", String.valueOf(exchange.asksForStream()))
                .toView());
    }

    private Endpoint endpoint(Exchange exchange) {
        return contract.endpoint(exchange, contract.provider(exchange, wire.address()));
    }

    @Override
    public void close() {
        wire.close();
    }
}
