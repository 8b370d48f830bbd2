package io.patchbay.adapter.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON is written with single quotes. */
class EmbeddingsTranslatorTest {
    private static final String TITAN_1 = "amazon.titan-embed-text-v1";
    private static final String TITAN_2 = "amazon.titan-embed-text-v2:0";
    private static final String TITAN_IMAGE = "amazon.titan-embed-image-v1";
    private static final String COHERE_3 = "cohere.embed-multilingual-v3";
    private static final String COHERE_4 = "us.cohere.embed-v4:0";
    private static final String NOVA = "amazon.nova-2-multimodal-embeddings-v1:0";
    private static final String PICTURE =
            "[{'content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}]";

    @Test
    void asksTitanForOneText() {
        var request = encode(TITAN_2, "{'model':'a/b','input':['hi'],'dimensions':256,'encoding_format':'base64'}");

        assertThat(request.toString()).isEqualTo("POST /model/amazon.titan-embed-text-v2%3A0/invoke");
        assertThat(request.headers().first("Authorization")).contains("Bearer ABSKtest");
        assertThat(tree(request)).isEqualTo(Samples.json("{'inputText':'hi','dimensions':256}"));
    }

    @Test
    void theFirstTitanHasOneLengthOnly() {
        var request = encode(TITAN_1, "{'input':'hi','dimensions':256,'input_type':'query'}");

        assertThat(tree(request)).isEqualTo(Samples.json("{'inputText':'hi'}"));
        assertThat(request.dropped()).containsExactly("input_type", "dimensions");
    }

    @Test
    void severalInputsCanNotBeSaidToModelsThatTakeOne() {
        for (var model : new String[] {TITAN_1, TITAN_2, TITAN_IMAGE, NOVA}) {
            var failure = refusal(model, "{'input':['a','b']}");
            assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
            assertThat(failure.field()).contains("input");
            assertThat(failure.message()).contains("one input to a request");
        }
        assertThat(refusal(COHERE_3, "{'input':[" + String.join(",", Collections.nCopies(97, "'a'")) + "]}")
                        .message())
                .contains("96 inputs");
    }

    @Test
    void asksNovaForWhatTheVectorIsFor() {
        assertThat(tree(encode(NOVA, "{'input':'hi','dimensions':384}")))
                .isEqualTo(Samples.json("{'taskType':'SINGLE_EMBEDDING','singleEmbeddingParams':{"
                        + "'embeddingPurpose':'GENERIC_INDEX','embeddingDimension':384,"
                        + "'text':{'truncationMode':'END','value':'hi'}}}"));
        assertThat(purpose("search_query")).isEqualTo("GENERIC_RETRIEVAL");
        assertThat(purpose("search_document")).isEqualTo("GENERIC_INDEX");
        assertThat(purpose("document_retrieval")).isEqualTo("DOCUMENT_RETRIEVAL");
        assertThat(purpose("clustering")).isEqualTo("CLUSTERING");
    }

    private static String purpose(String inputType) {
        return tree(encode(NOVA, "{'input':'hi','input_type':'" + inputType + "'}"))
                .getAsJsonObject("singleEmbeddingParams")
                .get("embeddingPurpose")
                .getAsString();
    }

    @Test
    void asksCohereForManyAtOnce() {
        assertThat(tree(encode(COHERE_3, "{'input':['a','b'],'input_type':'query','truncate':'END'}")))
                .isEqualTo(Samples.json("{'input_type':'search_query','texts':['a','b'],'embedding_types':['float'],"
                        + "'truncate':'END'}"));
        assertThat(tree(encode(COHERE_4, "{'input':['a'],'dimensions':512}")).get("output_dimension"))
                .hasToString("512");
    }

    @Test
    void imagesGoInEachMakersOwnForm() {
        var request = "{'input':" + PICTURE + "}";

        assertThat(tree(encode(TITAN_IMAGE, request))).isEqualTo(Samples.json("{'inputImage':'AAAA'}"));
        assertThat(tree(encode(NOVA, request))
                        .getAsJsonObject("singleEmbeddingParams")
                        .get("image"))
                .isEqualTo(Samples.json("{'format':'png','source':{'bytes':'AAAA'}}"));
        assertThat(tree(encode(COHERE_4, request)).get("inputs"))
                .isEqualTo(
                        Samples.json("[{'content':[{'type':'image_url','image_url':'data:image/png;base64,AAAA'}]}]"));
        assertThat(refusal(TITAN_2, request).message()).contains("texts only");
    }

    @Test
    void aModelThatChatsGivesNoEmbeddings() {
        assertThat(refusal(Samples.HAIKU_3, "{'input':'a'}").field()).contains("model");
    }

    @Test
    void readsEachMakersAnswers() {
        assertThat(vectors(TITAN_2, "'a'", "{'embedding':[0.5,1],'inputTextTokenCount':3,'embeddingsByType':{}}"))
                .isEqualTo("[[0.5,1]] 3");
        assertThat(vectors(COHERE_3, "['a','b']", "{'id':'x','embeddings':[[1],[2]],'texts':['a','b']}"))
                .isEqualTo("[[1], [2]] 0");
        assertThat(vectors(COHERE_4, "['a','b']", "{'id':'x','embeddings':{'float':[[1],[2]]},'texts':['a','b']}"))
                .isEqualTo("[[1], [2]] 0");
        assertThat(vectors(NOVA, "'a'", "{'embeddings':[{'embeddingType':'TEXT','embedding':[-0.03,0.25]}]}"))
                .isEqualTo("[[-0.03,0.25]] 0");
    }

    @Test
    void takesTheCountOfTheHeader() {
        var headers = Headers.of("X-Amzn-Bedrock-Input-Token-Count", "12");
        var answer = decode(NOVA, "'a'", headers, "{'embeddings':[{'embedding':[1]}]}");

        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(12);
    }

    @Test
    void nonsenseIsMalformed() {
        for (var model : new String[] {TITAN_2, COHERE_3, NOVA}) {
            for (var nonsense : new String[] {"", "[]", "{}", "{'embedding':7,'embeddings':7}", "{'embeddings':[7]}"}) {
                var failed = catchThrowableOfType(
                        FailureException.class, () -> decode(model, "'a'", Headers.none(), nonsense));
                assertThat(failed.failure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
            }
        }
    }

    private static String vectors(String model, String input, String answer) {
        var read = decode(model, input, Headers.none(), answer);
        var vectors = read.data().stream()
                .map(entry -> entry.element("embedding").orElseThrow().toString())
                .toList();
        return vectors + " " + read.usage().map(usage -> usage.promptTokens()).orElse(0L);
    }

    private static UpstreamRequest encode(String model, String request) {
        return Samples.ADAPTER.encode(
                request(request), Samples.endpoint(model, Map.of()), Credential.apiKey(Secret.of("ABSKtest")));
    }

    private static Failure refusal(String model, String request) {
        return catchThrowableOfType(FailureException.class, () -> encode(model, request))
                .failure();
    }

    private static Embeddings decode(String model, String input, Headers headers, String answer) {
        return Samples.ADAPTER.decode(
                request("{'input':" + input + "}"),
                Samples.endpoint(model, Map.of()),
                headers,
                answer.replace('\'', '"').getBytes(UTF_8));
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json.replace('\'', '"')));
    }

    private static JsonObject tree(UpstreamRequest request) {
        return Samples.tree(request.body());
    }
}
