package io.patchbay.adapter.anthropic;

import static io.patchbay.adapter.anthropic.Samples.ADAPTER;
import static io.patchbay.adapter.anthropic.Samples.USER;
import static io.patchbay.adapter.anthropic.Samples.body;
import static io.patchbay.adapter.anthropic.Samples.chat;
import static io.patchbay.adapter.anthropic.Samples.encoded;
import static io.patchbay.adapter.anthropic.Samples.json;
import static io.patchbay.adapter.anthropic.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is otherwise where Google serves Claude. */
class VertexTest {
    private static final String VERTEX =
            "https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic";

    private static final Endpoint CLAUDE = endpoint(VERTEX, "claude-sonnet-4-5@20250929", Map.of());

    @Test
    void namesTheModelInThePathAndTheVersionInTheBody() {
        var whole = encoded(chat(USER, ""), CLAUDE);
        var stream = encoded(chat(USER, ",'stream':true"), CLAUDE);

        assertThat(whole.path()).isEqualTo("/models/claude-sonnet-4-5@20250929:rawPredict");
        assertThat(whole.framing()).isEqualTo(Framing.WHOLE);
        assertThat(whole.headers().first("anthropic-version")).isEmpty();
        assertThat(stream.path()).isEqualTo("/models/claude-sonnet-4-5@20250929:streamRawPredict");
        assertThat(stream.framing()).isEqualTo(Framing.SSE);
        assertThat(body(chat(USER, ",'stream':true"), CLAUDE))
                .hasToString(json("{'anthropic_version':'vertex-2023-10-16','max_tokens':10000,"
                        + "'messages':[{'role':'user','content':[{'type':'text','text':'Hi'}]}],'stream':true}"));
    }

    @Test
    void speaksAnotherVersionIfItIsTold() {
        var later = endpoint(VERTEX, "claude", Map.of("anthropic-version", "vertex-2030-01-01"));

        assertThat(body(chat(USER, ""), later).get("anthropic_version")).hasToString("\"vertex-2030-01-01\"");
    }

    @ParameterizedTest
    @CsvSource({
        "https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic,'',:rawPredict",
        "https://proxy.test/publishers/anthropic/,'',:rawPredict",
        "https://proxy.test/claude,true,:rawPredict",
        "https://proxy.test/publishers/anthropic,false,/messages",
        "https://api.anthropic.com/v1,'',/messages",
    })
    void isToldByItsAddressUnlessTheFileSaysSo(String url, String option, String path) {
        assertThat(encoded(chat(USER, ""), endpoint(url, "claude", Map.of("vertex", option)))
                        .path())
                .endsWith(path);
    }

    @Test
    void escapesWhatCannotStandInAPath() {
        assertThat(encoded(chat(USER, ""), endpoint(VERTEX, "a b/c?", Map.of())).path())
                .isEqualTo("/models/a%20b%2Fc%3F:rawPredict");
    }

    @Test
    void showsATokenAsBearer() {
        var traded = ADAPTER.encode(request(chat(USER, "")), CLAUDE, Credential.token(Secret.of("ya29.traded")));

        assertThat(traded.headers().first("Authorization")).contains("Bearer ya29.traded");
        assertThat(encoded(chat(USER, ""), CLAUDE).headers().first("Authorization"))
                .contains("Bearer sk-test");
        assertThat(traded.headers().first("x-api-key")).isEmpty();
    }

    @Test
    void neverShowsAKeyFile() {
        var file = Credential.apiKey(Secret.of(" {\"type\":\"service_account\",\"private_key\":\"secret\"}"));

        assertThatThrownBy(() -> ADAPTER.encode(request(chat(USER, "")), CLAUDE, file))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.UPSTREAM_AUTH);
                    assertThat(e.failure().message()).doesNotContain("secret");
                });
    }

    @Test
    void knowsModelsByTheirNamesThere() {
        var effort = chat(USER, ",'reasoning':{'effort':'high'}");

        assertThat(body(effort, endpoint(VERTEX, "claude-opus-4-6@default", Map.of()))
                        .get("thinking")
                        .toString())
                .contains("adaptive");
        assertThat(body(effort, endpoint(VERTEX, "claude-opus-4@20250514", Map.of()))
                        .get("thinking")
                        .toString())
                .contains("budget_tokens");
    }

    @Test
    void marksTheEndOfTheConversationForTheCache() {
        var asked = chat(
                "{'role':'system','content':'Be brief.'}," + USER,
                ",'cache_control':{'type':'ephemeral','ttl':'1h'},'stream':true");

        assertThat(body(asked, CLAUDE).has("cache_control")).isFalse();
        assertThat(body(asked, CLAUDE).get("system")).hasToString(json("[{'type':'text','text':'Be brief.'}]"));
        assertThat(body(asked, CLAUDE).get("messages"))
                .hasToString(json("[{'role':'user','content':[{'type':'text','text':'Hi',"
                        + "'cache_control':{'type':'ephemeral','ttl':'1h'}}]}]"));
        assertThat(encoded(asked, CLAUDE).dropped()).isEmpty();
    }

    @Test
    void marksTheResultOfATool() {
        var asked = chat(
                USER + ",{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'c','content':'x'}",
                ",'cache_control':{'type':'ephemeral'}");

        assertThat(body(asked, CLAUDE).get("messages").toString())
                .endsWith(json("{'type':'tool_result','tool_use_id':'c','content':'x',"
                        + "'cache_control':{'type':'ephemeral'}}]}]"));
    }

    @Test
    void leavesTheMarkThatTheClientSet() {
        var asked = chat(
                "{'role':'user','content':[{'type':'text','text':'Hi','cache_control':{'type':'ephemeral'}}]}",
                ",'cache_control':{'type':'ephemeral','ttl':'1h'}");

        assertThat(body(asked, CLAUDE).get("messages"))
                .hasToString(json("[{'role':'user','content':[{'type':'text','text':'Hi',"
                        + "'cache_control':{'type':'ephemeral'}}]}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'image_url','image_url':{'url':'https://a/b.png'}}|messages[0].content[0].image_url.url",
                "{'type':'file','file':{'file_data':'https://a/b.pdf'}}|messages[0].content[0].file.file_data",
            })
    void refusesAddressesOfMedia(String partAndField) {
        var bar = partAndField.indexOf('|');
        var asked = chat("{'role':'user','content':[" + partAndField.substring(0, bar) + "]}", "");

        assertThatThrownBy(() -> body(asked, CLAUDE))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().field()).contains(partAndField.substring(bar + 1)));
    }

    @Test
    void leavesFetchingToTheGateway() {
        var adapter = new AnthropicAdapter();
        var anthropic = endpoint("https://api.anthropic.com/v1", "claude-sonnet-4-5", Map.of());

        assertThat(adapter.fetches("https://a/b.png", CLAUDE)).isFalse();
        assertThat(adapter.fetches("https://a/b.png", anthropic)).isTrue();
    }

    @Test
    void takesMediaAsData() {
        var asked = chat(
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}",
                "");

        assertThat(body(asked, CLAUDE).get("messages").toString())
                .contains(json("'source':{'type':'base64','media_type':'image/png','data':'AAAA'}"));
    }

    private static Endpoint endpoint(String url, String model, Map<String, String> options) {
        var provider = Provider.builder("vertex", "anthropic")
                .baseUrl(URI.create(url))
                .options(options)
                .build();
        return Endpoint.builder(new ModelId("anthropic", "claude", ""), provider)
                .upstreamModel(model)
                .build();
    }
}
