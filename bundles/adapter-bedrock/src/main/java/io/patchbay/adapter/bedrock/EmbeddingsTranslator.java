package io.patchbay.adapter.bedrock;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Embeddings by InvokeModel, which hands over whatever format the model's maker has. */
final class EmbeddingsTranslator {
    private static final EmbeddingsRequest TEXT =
            EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
    private static final EmbeddingsRequest IMAGE =
            EmbeddingsRequest.of(JsonView.parse("{\"input\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":"
                    + "{\"url\":\"data:image/png;base64,\"}}]}]}"));

    private EmbeddingsTranslator() {}

    static UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        var format = EmbeddingsFormat.of(endpoint);
        var path = "/model/" + ChatEncoder.encoded(endpoint.upstreamModel()) + "/invoke";
        var body = format.body(request).toString().getBytes(StandardCharsets.UTF_8);
        var headers = Headers.builder()
                .add("Accept", "application/json")
                .addAll(Authentication.headers(endpoint.provider(), credential, path, body));
        return UpstreamRequest.post(path, headers.build(), body, Framing.WHOLE).dropping(format.dropped(request));
    }

    static Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, Headers headers, byte[] body) {
        JsonView json;
        try {
            json = JsonView.parse(body);
        } catch (MalformedJson e) {
            throw BedrockFailures.malformed("The provider's answer is not a JSON object.")
                    .toException();
        }
        var answer = Embeddings.builder();
        EmbeddingsFormat.of(endpoint).vectors(json.toTree()).forEach(answer::vector);
        return answer.promptTokens(tokens(json, headers)).build().answering(request);
    }

    /** Titan counts in the body; for all of them Bedrock counts in a header. */
    private static long tokens(JsonView json, Headers headers) {
        return headers.first("x-amzn-bedrock-input-token-count")
                .map(String::strip)
                .filter(count -> count.matches("\\d{1,12}"))
                .map(Long::parseLong)
                .orElseGet(() -> json.integer("inputTextTokenCount").orElse(0));
    }

    /** Loads this class and those it needs. */
    static void warmUp(Endpoint.Builder endpoint) {
        for (var request : List.of(TEXT, IMAGE)) {
            for (var model : List.of("amazon.titan-embed-image", "cohere.embed", "amazon.nova-embed")) {
                encode(request, endpoint.upstreamModel(model).build(), Credential.none());
            }
        }
        decode(
                TEXT,
                endpoint.upstreamModel("amazon.titan-embed").build(),
                Headers.none(),
                "{\"embedding\":[0]}".getBytes(StandardCharsets.UTF_8));
    }
}
