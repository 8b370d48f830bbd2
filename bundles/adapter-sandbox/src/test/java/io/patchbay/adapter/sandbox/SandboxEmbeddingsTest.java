package io.patchbay.adapter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is written with single quotes. */
class SandboxEmbeddingsTest {
    private static final List<Endpoint> ENDPOINTS = SandboxEndpoints.with(List.of());
    private static final Endpoint EMBED = ENDPOINTS.get(ENDPOINTS.size() - 1);

    private final SandboxEmbeddings sandbox = new SandboxEmbeddings();

    @Test
    void theSameTextHasTheSameVectorForEver() {
        var first = embed("{'input':['The cat sat.','Prices rose']}");

        assertThat(embed("{'input':['The cat sat.','Prices rose']}").json())
                .hasToString(first.json().toString());
        assertThat(embed("{'input':'Hi','dimensions':4}")
                        .data()
                        .get(0)
                        .element("embedding")
                        .orElseThrow())
                .hasToString("[0.0,0.0,-0.91914505,0.39391932]");
    }

    @Test
    void textsThatShareWordsAreNearer() {
        var cat = FeatureHashing.vector("The cat sat on the mat.", 256);

        assertThat(product(cat, FeatureHashing.vector("the CAT sat on a mat", 256)))
                .isGreaterThan(product(cat, FeatureHashing.vector("A dog lay on the mat", 256)));
        assertThat(product(cat, FeatureHashing.vector("A dog lay on the mat", 256)))
                .isGreaterThan(product(cat, FeatureHashing.vector("Interest rates rose again", 256)));
        assertThat(product(FeatureHashing.vector("embedding", 256), FeatureHashing.vector("embeddings", 256)))
                .isGreaterThan(product(FeatureHashing.vector("embedding", 256), FeatureHashing.vector("river", 256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!?", "a", "日本語のテキスト", "a b c d e f g h i j"})
    void everyVectorHasTheLengthOne(String text) {
        for (int dimensions : new int[] {1, 2, 3, 256}) {
            var vector = FeatureHashing.vector(text, dimensions);
            assertThat(vector).hasSize(dimensions);
            assertThat(product(vector, vector)).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void vectorsAreAsLongAsAsked() {
        assertThat(numbers(embed("{'input':'a'}"))).isEqualTo(256);
        assertThat(numbers(embed("{'input':'a','dimensions':8}"))).isEqualTo(8);
        assertThat(refusal("{'input':'a','dimensions':5000}", EMBED)).isEqualTo(FailureKind.INVALID_REQUEST);
    }

    @Test
    void countsTokensAndTakesTheirNumbersToo() {
        assertThat(tokens("{'input':['one two','three']}")).isEqualTo(3);
        assertThat(tokens("{'input':[5,6,7]}")).isEqualTo(3);
        assertThat(tokens("{'input':[[5,6],[7]]}")).isEqualTo(3);
        assertThat(embed("{'input':[[5,6],[7]]}").data()).hasSize(2);
    }

    @Test
    void refusesWhatItIsNotMadeFor() {
        assertThat(refusal("{'input':[{'content':[{'type':'image_url','image_url':{'url':'u'}}]}]}", EMBED))
                .isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(refusal("{'input':'a'}", ENDPOINTS.get(0))).isEqualTo(FailureKind.UPSTREAM_MODEL_GONE);
    }

    private FailureKind refusal(String request, Endpoint endpoint) {
        var thrown = Assertions.catchThrowableOfType(
                CompletionException.class,
                () -> sandbox.embed(request(request), endpoint)
                        .toCompletableFuture()
                        .join());
        return ((FailureException) thrown.getCause()).failure().kind();
    }

    private long tokens(String request) {
        return embed(request).usage().orElseThrow().promptTokens();
    }

    private static int numbers(Embeddings answer) {
        return answer.data().get(0).elementKinds("embedding").size();
    }

    private Embeddings embed(String request) {
        var asked = request(request);
        return sandbox.embed(asked, EMBED).toCompletableFuture().join().answering(asked);
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json.replace('\'', '"')));
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
