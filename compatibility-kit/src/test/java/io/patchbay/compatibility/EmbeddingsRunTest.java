package io.patchbay.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** The kit against adapters for embeddings that are right, and wrong in one thing each. */
class EmbeddingsRunTest {
    @Test
    void passesAnAdapterThatIsRight() {
        assertThat(failures(new Toy())).isEmpty();
    }

    @Test
    void findsThatTheRequestIsWrittenOtherwise() {
        assertThat(failures(new Toy().writing("text")))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("vectors, writes the request", "texts: expected [\"Hello\",\"Good bye\"]"));
    }

    @Test
    void findsThatAVectorIsAnotherOne() {
        assertThat(failures(new Toy().reading(vector -> {
                    var other = vector.deepCopy();
                    other.set(0, vector.get(1));
                    return other;
                })))
                .anySatisfy(failure -> assertThat(failure).contains("vectors, byte by byte", "the vectors"));
    }

    @Test
    void findsThatAnAnswerWithoutVectorsIsTakenForOne() {
        assertThat(failures(new Toy().lenient()))
                .anySatisfy(failure -> assertThat(failure).contains("vectors, halved"));
    }

    @Test
    void findsThatAnErrorIsSomethingElse() {
        assertThat(failures(new Toy().failingWith(FailureKind.TIMEOUT)))
                .anySatisfy(failure -> assertThat(failure).contains("vectors-429, reads the answer", "RATE_LIMITED"));
    }

    @Test
    void holdsAnAdapterToWhatItDeclares() {
        var contract = new Toy().declaring(Map.of("vectors", "no reason at all"));

        assertThat(failures(contract))
                .singleElement()
                .satisfies(failure -> assertThat(failure).contains("but it passes"));
    }

    private static List<String> failures(EmbeddingsContract contract) {
        var failures = new ArrayList<String>();
        try (var nodes = contract.keepsTheContract()) {
            nodes.flatMap(EmbeddingsRunTest::tests).forEach(test -> {
                try {
                    test.getExecutable().execute();
                } catch (Throwable failure) {
                    failures.add(String.valueOf(failure.getMessage()));
                }
            });
        }
        return failures;
    }

    private static Stream<DynamicTest> tests(DynamicNode node) {
        return node instanceof DynamicContainer container
                ? container.getChildren().flatMap(EmbeddingsRunTest::tests)
                : Stream.of((DynamicTest) node);
    }

    /** An adapter for {@code {texts} → {vectors}} with its contract. */
    private static final class Toy implements EmbeddingsContract, EmbeddingsAdapter {
        private String texts = "texts";
        private UnaryOperator<JsonArray> reading = UnaryOperator.identity();
        private boolean lenient;
        private FailureKind kind = FailureKind.RATE_LIMITED;
        private Map<String, String> unsupported = Map.of();

        Toy writing(String name) {
            texts = name;
            return this;
        }

        Toy reading(UnaryOperator<JsonArray> vector) {
            reading = vector;
            return this;
        }

        Toy lenient() {
            lenient = true;
            return this;
        }

        Toy failingWith(FailureKind other) {
            kind = other;
            return this;
        }

        Toy declaring(Map<String, String> exchanges) {
            unsupported = exchanges;
            return this;
        }

        @Override
        public EmbeddingsAdapter adapter() {
            return this;
        }

        @Override
        public boolean speaks(Exchange exchange) {
            return exchange.api().equals("toy_embed");
        }

        @Override
        public Map<String, String> unsupported() {
            return unsupported;
        }

        @Override
        public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
            var body = "{\"" + texts + "\":" + Json.texts(request.texts()) + "}";
            return UpstreamRequest.post("/embed", Headers.none(), body.getBytes(StandardCharsets.UTF_8), Framing.WHOLE);
        }

        @Override
        public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
            try {
                var answer = Embeddings.builder();
                JsonView.parse(body)
                        .element("vectors")
                        .orElseThrow()
                        .getAsJsonArray()
                        .forEach(vector -> answer.vector(reading.apply(vector.getAsJsonArray())));
                return answer.promptTokens(5).build();
            } catch (MalformedJson cutOff) {
                if (!lenient) {
                    throw Failure.of(FailureKind.MALFORMED_ANSWER, "cut off").toException();
                }
                var zeros = Embeddings.builder();
                request.texts().forEach(text -> zeros.vector(new float[] {0}));
                return zeros.build();
            }
        }

        @Override
        public Failure classify(int status, Headers headers, byte[] body) {
            return Failure.builder(kind, "no").providerMessage("slow down").build();
        }
    }
}
