package io.patchbay.adapter.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON is written with single quotes. */
class EmbeddingsTranslatorTest {
    private static final String ANSWER = """
            {'id':'da6e531f','texts':['hello','goodbye'],'embeddings':{'float':[[0.016296387,-0.008354187],\
            [0.04663086,-0.023239136]]},'meta':{'api_version':{'version':'2'},'billed_units':{'input_tokens':2}},\
            'response_type':'embeddings_by_type'}""";

    @Test
    void asksForNumbersForDocumentsUnlessToldOtherwise() {
        var request = encode("{'model':'cohere/e','input':['hello','goodbye'],'dimensions':512,"
                + "'encoding_format':'base64','user':'u','provider':{},'truncate':'END'}");

        assertThat(request.toString()).isEqualTo("POST /v2/embed");
        assertThat(request.headers().first("Authorization")).contains("Bearer the-key");
        assertThat(body(request))
                .isEqualTo(json("{'model':'command-x-2026','input_type':'search_document',"
                        + "'embedding_types':['float'],'output_dimension':512,'texts':['hello','goodbye'],"
                        + "'truncate':'END'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "search_query, search_query",
        "query, search_query",
        "RETRIEVAL_QUERY, search_query",
        "passage, search_document",
        "classification, classification",
        "CLUSTERING, clustering",
        "nonsense, nonsense"
    })
    void understandsTheWordsOfSeveralProviders(String asked, String sent) {
        assertThat(body(encode("{'input':'a','input_type':'" + asked + "'}"))
                        .getAsJsonObject()
                        .get("input_type")
                        .getAsString())
                .isEqualTo(sent);
    }

    @Test
    void imagesGoAsParts() {
        var input = "[{'content':[{'type':'text','text':'a cat'},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}]";

        var body = body(encode("{'input':" + input + "}")).getAsJsonObject();

        assertThat(body.get("inputs")).isEqualTo(json(input));
        assertThat(body.has("texts")).isFalse();
    }

    @Test
    void refusesWhatCanNotBeSaid() {
        assertThat(refusal("{'input':[1,2,3]}")).contains("texts only");
        assertThat(refusal("{'input':[" + String.join(",", Collections.nCopies(97, "'a'")) + "]}"))
                .contains("96 inputs");
    }

    @Test
    void readsVectorsAndWhatIsBilled() {
        var answer = decode("{'input':['hello','goodbye']}", ANSWER);

        assertThat(answer.data())
                .extracting(entry -> entry.element("embedding").orElseThrow().toString())
                .containsExactly("[0.016296387,-0.008354187]", "[0.04663086,-0.023239136]");
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(2);
        assertThat(decode("{'input':['hello','goodbye'],'encoding_format':'base64'}", ANSWER)
                        .data()
                        .get(0)
                        .string("embedding"))
                .contains("AICFPADgCLw=");
    }

    @Test
    void anAnswerWithoutVectorsIsMalformed() {
        for (var answer : new String[] {"{}", "[]", "{'embeddings':{'int8':[[1]]}}", ANSWER.replace("float", "x")}) {
            var failed = catchThrowableOfType(FailureException.class, () -> decode("{'input':'a'}", answer));
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        }
    }

    private static String refusal(String request) {
        var refused = catchThrowableOfType(FailureException.class, () -> encode(request));
        assertThat(refused.failure().field()).contains("input");
        return refused.failure().message();
    }

    private static UpstreamRequest encode(String request) {
        return Samples.ADAPTER.encode(
                request(request), Samples.endpoint(Map.of(), Set.of()), Credential.apiKey(Secret.of("the-key")));
    }

    private static Embeddings decode(String request, String answer) {
        return Samples.ADAPTER.decode(
                request(request),
                Samples.endpoint(Map.of(), Set.of()),
                answer.replace('\'', '"').getBytes(UTF_8));
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json.replace('\'', '"')));
    }

    private static JsonElement body(UpstreamRequest request) {
        return JsonParser.parseString(new String(request.body(), UTF_8));
    }

    private static JsonElement json(String json) {
        return JsonParser.parseString(json.replace('\'', '"'));
    }
}
