package io.patchbay.adapter.ollama;

import static io.patchbay.adapter.ollama.Samples.ADAPTER;
import static io.patchbay.adapter.ollama.Samples.body;
import static io.patchbay.adapter.ollama.Samples.encode;
import static io.patchbay.adapter.ollama.Samples.endpoint;
import static io.patchbay.adapter.ollama.Samples.json;
import static io.patchbay.adapter.ollama.Samples.request;
import static io.patchbay.adapter.ollama.Samples.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatEncoderTest {
    private static final String TOOL = "{'type':'function','function':{'name':'f','description':'d',"
            + "'parameters':{'type':'object','properties':{'a':{'type':'string'}}}}}";

    @Test
    void asksForAWholeAnswer() {
        var request = encode("{'model':'ollama/qwen3:8b','messages':[{'role':'user','content':'hi'}]}", Map.of());

        assertThat(request.path()).isEqualTo("/api/chat");
        assertThat(request.framing()).isEqualTo(Framing.WHOLE);
        assertThat(request.headers().first("Authorization")).isEmpty();
        assertThat(body(request))
                .isEqualTo(json("{'model':'qwen3:8b','messages':[{'role':'user','content':'hi'}],'stream':false}"));
    }

    @Test
    void asksForAStream() {
        var request = encode("{'stream':true,'messages':[]}", Map.of());

        assertThat(request.framing()).isEqualTo(Framing.NDJSON);
        assertThat(body(request).get("stream")).isEqualTo(json("true"));
    }

    @Test
    void showsTheKeyWhereThereIsOne() {
        var request =
                ADAPTER.encode(request("{}"), endpoint(Map.of(), Set.of()), Credential.apiKey(Secret.of("the-key")));

        assertThat(request.headers().first("Authorization")).hasValue("Bearer the-key");
    }

    @Test
    void putsSamplingIntoOptions() {
        assertThat(sent("'max_completion_tokens':9,'max_tokens':8,'temperature':0.5,'top_p':0.9,'top_k':40,'min_p':0.1,"
                                + "'seed':12345678901,'presence_penalty':1,'frequency_penalty':0.2,"
                                + "'repetition_penalty':1.1,'stop':['a','b'],'top_a':1,'logit_bias':{},'user':'u'")
                        .get("options"))
                .isEqualTo(json("{'num_predict':9,'temperature':0.5,'top_p':0.9,'top_k':40,'min_p':0.1,"
                        + "'seed':12345678901,'presence_penalty':1,'frequency_penalty':0.2,"
                        + "'repeat_penalty':1.1,'stop':['a','b']}"));
    }

    @Test
    void makesAListOfASingleStop() {
        assertThat(sent("'stop':'a','temperature':null").get("options")).isEqualTo(json("{'stop':['a']}"));
        assertThat(sent("'stop':null").has("options")).isFalse();
    }

    @Test
    void asksForProbabilities() {
        var body = sent("'logprobs':true,'top_logprobs':2");

        assertThat(body.get("logprobs")).isEqualTo(json("true"));
        assertThat(body.get("top_logprobs")).isEqualTo(json("2"));
    }

    @Test
    void takesTheOperatorsSettings() {
        var body =
                body(encode("{}", Map.of("keep-alive", "10m", "num-ctx", "8192", "truncate", "false", "other", "1")));

        assertThat(body)
                .isEqualTo(json("{'model':'qwen3:8b','messages':[],'stream':false,'options':{'num_ctx':8192},"
                        + "'keep_alive':'10m','truncate':false}"));
        assertThat(body(encode("{}", Map.of("keep-alive", "-1"))).get("keep_alive"))
                .isEqualTo(json("-1"));
    }

    @Test
    void doesNotLetClientsKeepModelsLoaded() {
        assertThat(sent("'keep_alive':-1,'options':{'num_ctx':1}")).isEqualTo(sent(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'text'}|null",
                "{'type':'json_object'}|'json'",
                "{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':{'type':'object'}}}|{'type':'object'}",
                "{'type':'json_schema','json_schema':{'name':'n'}}|'json'",
            },
            quoteCharacter = '`')
    void asksForJson(String format, String sent) {
        var body = sent("'response_format':" + format);

        assertThat(body.has("format") ? body.get("format") : json("null")).isEqualTo(json(sent));
    }

    @Test
    void passesToolsOn() {
        assertThat(sent("'tools':[" + TOOL + "],'tool_choice':'auto','parallel_tool_calls':false")
                        .get("tools"))
                .isEqualTo(json("[" + TOOL + "]"));
        assertThat(sent("'tools':[" + TOOL + "],'tool_choice':'none'").has("tools"))
                .isFalse();
        assertThat(sent("'tools':[]").has("tools")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'n':2|n",
                "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'required'|tool_choice",
                "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'f'}}|tool_choice",
                "'tools':[{'type':'web_search'}]|tools[0].type",
                "'response_format':{'type':'grammar'}|response_format.type",
                "'messages':[{'role':'narrator','content':'a'}]|messages[0].role",
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://example.com/a.png'}}]}]|messages[0].content[0].image_url",
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':'data:image/png,abc'}]}]|messages[0].content[0].image_url",
                "'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'input_audio','input_audio':{}}]}]|messages[0].content[1]",
                "'messages':[{'role':'user','content':[{'type':'file','file':{}}]}]|messages[0].content[0]",
                "'messages':[{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f','arguments':'[1]'}}]}]|messages[0].tool_calls[0].function.arguments",
            },
            quoteCharacter = '`')
    void refusesWhatWouldGetLost(String members, String field) {
        assertThatThrownBy(() -> sent(members))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().field()).hasValue(field));
    }
}
