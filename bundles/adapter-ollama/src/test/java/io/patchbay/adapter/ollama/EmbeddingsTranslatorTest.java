package io.patchbay.adapter.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** JSON is written with single quotes. */
class EmbeddingsTranslatorTest {
    @Test
    void asksForAllTextsAtOnce() {
        var request = encode(
                "{'model':'o/m','input':['a','b'],'dimensions':8,'encoding_format':'base64','input_type':'query'}",
                Map.of("keep-alive", "5m", "truncate", "false"));

        assertThat(request.toString()).isEqualTo("POST /api/embed");
        assertThat(request.dropped()).containsExactly("input_type");
        assertThat(Samples.body(request))
                .isEqualTo(Samples.json("{'model':'qwen3:8b','input':['a','b'],'dimensions':8,'keep_alive':'5m',"
                        + "'truncate':false}"));
    }

    @Test
    void readsVectorsAndTheCount() {
        var answer =
                decode("{'model':'all-minilm','embeddings':[[0.010071029,-0.0017594862],[-0.0098027075,0.06042469]],"
                        + "'total_duration':14143917,'load_duration':1019500,'prompt_eval_count':8}");

        assertThat(answer.data())
                .extracting(entry -> entry.element("embedding").orElseThrow().toString())
                .containsExactly("[0.010071029,-0.0017594862]", "[-0.0098027075,0.06042469]");
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(8);
    }

    @Test
    void refusesTokensAndWhatIsNoAnswer() {
        var refused = catchThrowableOfType(FailureException.class, () -> encode("{'input':[1,2]}", Map.of()));
        assertThat(refused.failure().field()).contains("input");

        for (var nonsense : new String[] {"", "{}", "{'embeddings':[[1]]}", "{'embeddings':7}"}) {
            var failed = catchThrowableOfType(FailureException.class, () -> decode(nonsense));
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        }
        var gone = catchThrowableOfType(
                FailureException.class, () -> decode("{'error':'model x not found, try pulling it first'}"));
        assertThat(gone.failure().kind()).isEqualTo(FailureKind.UPSTREAM_MODEL_GONE);
    }

    private static UpstreamRequest encode(String request, Map<String, String> options) {
        return Samples.ADAPTER.encode(request(request), Samples.endpoint(options, Set.of()), Credential.none());
    }

    private static Embeddings decode(String answer) {
        return Samples.ADAPTER.decode(
                request("{'input':['a','b']}"),
                Samples.endpoint(Map.of(), Set.of()),
                answer.replace('\'', '"').getBytes(UTF_8));
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json.replace('\'', '"')));
    }
}
