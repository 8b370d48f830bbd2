package io.patchbay.adapter.openai;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Embeddings: the client's own bytes, with only those fields changed that the provider would not understand. */
final class EmbeddingsTranslator {
    private static final String INPUT_TYPE = "input_type";

    private EmbeddingsTranslator() {}

    static UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        var provider = endpoint.provider();
        var options = provider.options();
        var body = request.json().rewrite().set("model", endpoint.upstreamModel());
        if (request.json().has("provider")) {
            body.remove("provider");
        }
        var dropped = new ArrayList<String>(1);
        translateInputType(request, options.get("input-type"), body, dropped);
        if ("float".equals(options.get("embeddings-format")) && request.wantsBase64()) {
            body.set("encoding_format", "float");
        }
        ChatEncoder.rename(request.json(), options, body);
        return UpstreamRequest.post(
                        options.getOrDefault("embeddings-path", "/embeddings"),
                        ChatEncoder.headers(provider, credential, "application/json"),
                        body.toBytes(),
                        Framing.WHOLE)
                .dropping(dropped);
    }

    /** OpenAI has no such field, and refuses it; others can't do without, but have two words of their own for it. */
    private static void translateInputType(
            EmbeddingsRequest request, @Nullable String words, JsonRewrite body, List<String> dropped) {
        var asked = request.inputType();
        if (words == null) {
            if (request.json().has(INPUT_TYPE)) {
                body.remove(INPUT_TYPE);
                asked.ifPresent(type -> dropped.add(INPUT_TYPE));
            }
            return;
        }
        int slash = words.indexOf('/');
        if (slash >= 0) {
            boolean query = asked.filter(type -> type.toLowerCase(Locale.ROOT).contains("query"))
                    .isPresent();
            body.set(INPUT_TYPE, (query ? words.substring(0, slash) : words.substring(slash + 1)).strip());
        }
    }

    static Embeddings decode(EmbeddingsRequest request, byte[] body) {
        JsonView json;
        try {
            json = JsonView.parse(body);
        } catch (MalformedJson e) {
            throw Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer is not a JSON object.")
                    .toException();
        }
        if (ErrorBody.isError(json)) {
            throw OpenAiFailures.inside(json).toException();
        }
        return Embeddings.of(json).answering(request);
    }

    /** Loads this class and those it needs. */
    static void warmUp(Endpoint endpoint) {
        var request = EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
        encode(request, endpoint, Credential.none());
        decode(request, "{\"data\":[{\"embedding\":[0]}]}".getBytes(StandardCharsets.UTF_8));
    }
}
