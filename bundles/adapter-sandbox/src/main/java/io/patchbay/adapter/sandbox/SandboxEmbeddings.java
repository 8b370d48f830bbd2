package io.patchbay.adapter.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.LocalEmbeddings;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.osgi.service.component.annotations.Component;

/** The sandbox's model for embeddings, {@code sandbox/embed}: real vectors, at once, for nothing. */
@Component(property = ChatAdapter.NAME + "=" + Sandbox.NAME)
public final class SandboxEmbeddings implements LocalEmbeddings {
    static final String MODEL = "embed";

    private static final long DEFAULT_DIMENSIONS = 256;
    private static final long MOST_DIMENSIONS = 4096;

    @Override
    public CompletionStage<Embeddings> embed(EmbeddingsRequest request, Endpoint endpoint) {
        try {
            return CompletableFuture.completedStage(answer(request, endpoint));
        } catch (FailureException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private static Embeddings answer(EmbeddingsRequest request, Endpoint endpoint) {
        if (!endpoint.upstreamModel().equals(MODEL)) {
            throw Failure.of(
                            FailureKind.UPSTREAM_MODEL_GONE,
                            "The sandbox has no such model for embeddings; its only one is sandbox/" + MODEL + '.')
                    .toException();
        }
        int dimensions = dimensions(request);
        var answer = Embeddings.builder();
        var texts = request.texts();
        if (!texts.isEmpty()) {
            texts.forEach(text -> answer.vector(FeatureHashing.vector(text, dimensions)));
            return answer.promptTokens(texts.stream().mapToLong(Tokens::count).sum())
                    .build();
        }
        long count = 0;
        for (var tokens : tokens(request)) {
            answer.vector(FeatureHashing.vector(tokens, dimensions));
            count += tokens.size();
        }
        return answer.promptTokens(count).build();
    }

    private static int dimensions(EmbeddingsRequest request) {
        long dimensions = request.dimensions().orElse(DEFAULT_DIMENSIONS);
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw Failure.invalid("dimensions", "The sandbox's vectors have 1 to " + MOST_DIMENSIONS + " numbers.")
                    .toException();
        }
        return (int) dimensions;
    }

    /** Numbers of tokens, one list for each input; each number is a word. */
    private static List<List<String>> tokens(EmbeddingsRequest request) {
        var input = request.json().element("input").orElseGet(JsonArray::new);
        if (!(input instanceof JsonArray array)
                || array.isEmpty()
                || array.get(0).isJsonObject()) {
            throw Failure.invalid("input", "The sandbox embeds texts and tokens only.")
                    .toException();
        }
        return request.json().elementKinds("input").get(0) == JsonKind.NUMBER
                ? List.of(words(array))
                : array.asList().stream()
                        .map(JsonElement::getAsJsonArray)
                        .map(SandboxEmbeddings::words)
                        .toList();
    }

    private static List<String> words(JsonArray tokens) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .map(token -> '#' + token.getAsString())
                .toList();
    }
}
