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
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Embeddings: the client's own bytes, with only those fields changed that the provider would not understand. */
final class EmbeddingsTranslator {
    private static final String INPUT_TYPE = "input_type";
    private static final String FORMAT = "embeddings-format";
    /** Perplexity's: a number is one byte. */
    private static final String SIGNED_BYTES = "base64_int8";

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
        var format = options.get(FORMAT);
        if (format != null) {
            body.set("encoding_format", format);
        }
        Deviations.rename(request.json(), options, body);
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

    static Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
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
        boolean bytes = SIGNED_BYTES.equals(endpoint.provider().options().get(FORMAT));
        return (bytes ? widened(json) : Embeddings.of(json)).answering(request);
    }

    /** Clients know no vectors of bytes: each becomes a number as it is. */
    private static Embeddings widened(JsonView json) {
        var answer = Embeddings.builder();
        json.objects("data").stream()
                .sorted(Comparator.comparingLong(entry -> entry.integer("index").orElse(0)))
                .map(entry -> numbers(entry.string("embedding").orElse("")))
                .forEach(answer::vector);
        return answer.promptTokens(json.object("usage")
                        .flatMap(usage ->
                                usage.integer("prompt_tokens").stream().boxed().findFirst())
                        .orElse(0L))
                .build();
    }

    private static float[] numbers(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw Failure.of(FailureKind.MALFORMED_ANSWER, "A vector of the provider's answer is not valid base64.")
                    .toException();
        }
        var numbers = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i];
        }
        return numbers;
    }

    /** Loads this class and those it needs. */
    static void warmUp(Endpoint endpoint) {
        var request = EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
        encode(request, endpoint, Credential.none());
        decode(request, endpoint, "{\"data\":[{\"embedding\":[0]}]}".getBytes(StandardCharsets.UTF_8));
    }
}
