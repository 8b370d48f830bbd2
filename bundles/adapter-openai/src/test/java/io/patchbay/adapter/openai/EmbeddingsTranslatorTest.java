package io.patchbay.adapter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON is written with single quotes. */
class EmbeddingsTranslatorTest {
    private static final String ANSWER = """
            {'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.0023,-0.0093]}],\
            'model':'text-embedding-3-small','usage':{'prompt_tokens':8,'total_tokens':8}}""";

    @Test
    void handsOverTheClientsRequestWithTheProvidersNameOfTheModel() {
        var request = encode(
                Map.of(),
                "{'model':'openai/e','input':['a',\"\\u00e9\"],'dimensions':256,'encoding_format':'base64','user':'u',"
                        + "'provider':{'only':['openai']},'unknown':1}");

        assertThat(request.toString()).isEqualTo("POST /embeddings");
        assertThat(request.framing()).isEqualTo(Framing.WHOLE);
        assertThat(request.headers().first("Authorization")).contains("Bearer the-key");
        assertThat(body(request))
                .isEqualTo("{'model':'gpt-x-2026','input':['a','\\u00e9'],'dimensions':256,"
                        + "'encoding_format':'base64','user':'u','unknown':1}");
    }

    @Test
    void tokensGoAsTheyAre() {
        assertThat(body(encode(Map.of(), "{'model':'m','input':[[1,2],[3]]}")))
                .isEqualTo("{'model':'gpt-x-2026','input':[[1,2],[3]]}");
    }

    @Test
    void leavesOutWhatVectorsAreForAndSaysSo() {
        var request = encode(Map.of(), "{'input':'a','input_type':'search_query'}");

        assertThat(body(request)).doesNotContain("input_type");
        assertThat(request.dropped()).containsExactly("input_type");
    }

    @Test
    void saysWhatVectorsAreForInTheProvidersOwnWords() {
        var voyage = Map.of("input-type", "query/document");

        assertThat(body(encode(voyage, "{'input':'a','input_type':'search_query'}")))
                .contains("'input_type':'query'");
        assertThat(body(encode(voyage, "{'input':'a','input_type':'RETRIEVAL_DOCUMENT'}")))
                .contains("'input_type':'document'");
        assertThat(body(encode(voyage, "{'input':'a'}"))).contains("'input_type':'document'");
        assertThat(body(encode(Map.of("input-type", "native"), "{'input':'a','input_type':'x'}")))
                .contains("'input_type':'x'");
    }

    @Test
    void knowsProvidersWithOtherWays() {
        var options = Map.of(
                "embeddings-path", "/v2/embed", "embeddings-format", "float", "rename.dimensions", "output_dimension");
        var request = encode(options, "{'input':'a','dimensions':8,'encoding_format':'base64'}");

        assertThat(request.path()).isEqualTo("/v2/embed");
        assertThat(body(request)).contains("'output_dimension':8").contains("'encoding_format':'float'");
    }

    @Test
    void readsTheAnswerAndPacksItWhereTheProviderCanNot() {
        assertThat(decode("{'input':'a'}", ANSWER).json()).hasToString(ANSWER.replace('\'', '"'));
        assertThat(decode("{'input':'a','encoding_format':'base64'}", ANSWER)
                        .data()
                        .get(0)
                        .string("embedding"))
                .contains("mbsWOwdfGLw=");
        assertThat(decode("{'input':'a'}", ANSWER).usage().orElseThrow().promptTokens())
                .isEqualTo(8);
    }

    @Test
    void vectorsOfBytesBecomeNumbers() {
        var perplexity = Map.of("embeddings-format", "base64_int8");
        assertThat(body(encode(perplexity, "{'input':['a','b'],'encoding_format':'float'}")))
                .contains("'encoding_format':'base64_int8'");

        var answer = decode(
                perplexity,
                "{'input':['a','b']}",
                "{'data':[{'index':1,'embedding':'AgM='},{'index':0,'embedding':'AYB/'}],"
                        + "'usage':{'prompt_tokens':3,'total_tokens':3}}");

        assertThat(answer.data())
                .extracting(entry -> entry.element("embedding").orElseThrow().toString())
                .containsExactly("[1.0,-128.0,127.0]", "[2.0,3.0]");
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(3);
        assertThat(catchThrowableOfType(
                                FailureException.class,
                                () -> decode(perplexity, "{'input':'a'}", "{'data':[{'embedding':'*'}]}"))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void anErrorInThePlaceOfAnAnswerIsOne() {
        assertThat(failureOf(
                        "{'error':{'message':'Rate limit reached','type':'requests','code':'rate_limit_exceeded'}}"))
                .isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failureOf("<html>")).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(failureOf("{'object':'list','data':[]}")).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    private static FailureKind failureOf(String answer) {
        return catchThrowableOfType(FailureException.class, () -> decode("{'input':'a'}", answer))
                .failure()
                .kind();
    }

    private static UpstreamRequest encode(Map<String, String> options, String request) {
        return Samples.ADAPTER.encode(
                request(request), Samples.endpoint(options), Credential.apiKey(Secret.of("the-key")));
    }

    private static Embeddings decode(String request, String answer) {
        return decode(Map.of(), request, answer);
    }

    private static Embeddings decode(Map<String, String> options, String request, String answer) {
        return Samples.ADAPTER.decode(
                request(request),
                Samples.endpoint(options),
                answer.replace('\'', '"').getBytes(UTF_8));
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json.replace('\'', '"')));
    }

    private static String body(UpstreamRequest request) {
        return new String(request.body(), UTF_8).replace('"', '\'');
    }
}
