package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiEmbeddingsTest {
    private static final GeminiEmbeddings ADAPTER = new GeminiEmbeddings();
    private static final Endpoint STUDIO =
            Samples.endpoint("gemini-embedding-001", Map.of()).build();
    private static final Endpoint VERTEX = Samples.vertex("gemini-embedding-001");
    private static final String TWO = "{'input':['a','b'],'dimensions':64,'input_type':'search_document'}";

    @Test
    void asksAiStudioForAllAtOnce() {
        var request = ADAPTER.encode(request(TWO), STUDIO, Credential.none());

        assertThat(request.path()).isEqualTo("/models/gemini-embedding-001:batchEmbedContents");
        assertThat(new String(request.body(), UTF_8))
                .isEqualTo(
                        json("{'requests':[{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'a'}]},"
                                + "'taskType':'RETRIEVAL_DOCUMENT','outputDimensionality':64},"
                                + "{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'b'}]},"
                                + "'taskType':'RETRIEVAL_DOCUMENT','outputDimensionality':64}]}"));
    }

    @Test
    void asksVertexForPredictions() {
        var request = ADAPTER.encode(request(TWO), VERTEX, Credential.none());

        assertThat(request.path()).isEqualTo("/models/gemini-embedding-001:predict");
        assertThat(new String(request.body(), UTF_8))
                .isEqualTo(json("{'instances':[{'content':'a','task_type':'RETRIEVAL_DOCUMENT'},"
                        + "{'content':'b','task_type':'RETRIEVAL_DOCUMENT'}],"
                        + "'parameters':{'outputDimensionality':64}}"));
    }

    @Test
    void readsVectorsInTheOrderOfTheInputs() {
        assertThat(decode(TWO, "{'embeddings':[{'values':[0.10,1e-5]},{'values':[2]}]}")
                        .json()
                        .toString())
                .isEqualTo(json("{'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.10,1e-5]},"
                        + "{'object':'embedding','index':1,'embedding':[2]}]}"));
    }

    @Test
    void readsPredictionsAndCountsTheirTokens() {
        var answer = decode(
                TWO,
                "{'predictions':[{'embeddings':{'values':[1],'statistics':{'token_count':3}}},"
                        + "{'embeddings':{'values':[2],'statistics':{'token_count':4}}}]}");

        assertThat(answer.data()).hasSize(2);
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'embeddings':[{'values':[1]}]}",
                "{'embeddings':[{'values':[1]},{}]}",
                "{'error':{'code':500}}"
            })
    void refusesAnAnswerThatLacksVectors(String body) {
        assertThatThrownBy(() -> decode(TWO, body)).isInstanceOf(FailureException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'input':[1,2]}", "{'input':[[1],[2]]}", "{'input':[]}"})
    void refusesWhatIsNoText(String asked) {
        assertThatThrownBy(() -> ADAPTER.encode(request(asked), STUDIO, Credential.none()))
                .hasMessageContaining("texts only");
    }

    @Test
    void refusesMoreInputsThanGoogleTakes() {
        var many = "'a',".repeat(100) + "'a'";

        assertThatThrownBy(() -> ADAPTER.encode(request("{'input':[" + many + "]}"), STUDIO, Credential.none()))
                .hasMessageContaining("100 inputs");
    }

    @Test
    void classifiesErrors() {
        assertThat(ADAPTER.classify(404, Headers.none(), new byte[0]).kind())
                .isEqualTo(FailureKind.UPSTREAM_MODEL_GONE);
    }

    private static Embeddings decode(String asked, String body) {
        return ADAPTER.decode(request(asked), STUDIO, json(body).getBytes(UTF_8));
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json(json)));
    }
}
