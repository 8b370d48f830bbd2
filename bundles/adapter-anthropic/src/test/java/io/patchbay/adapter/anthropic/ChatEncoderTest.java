package io.patchbay.adapter.anthropic;

import static io.patchbay.adapter.anthropic.Samples.USER;
import static io.patchbay.adapter.anthropic.Samples.body;
import static io.patchbay.adapter.anthropic.Samples.chat;
import static io.patchbay.adapter.anthropic.Samples.encoded;
import static io.patchbay.adapter.anthropic.Samples.endpoint;
import static io.patchbay.adapter.anthropic.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.failure.FailureException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEncoderTest {
    @Test
    void writesWhatAnthropicWants() {
        var plain = body(chat(
                USER, ",'stop':'END','temperature':0.5,'top_k':5,'seed':1,'user':'u','logit_bias':{},'stream':true"));

        assertThat(plain)
                .hasToString(json("{'model':'claude-sonnet-4-5','max_tokens':10000,"
                        + "'messages':[{'role':'user','content':[{'type':'text','text':'Hi'}]}],"
                        + "'temperature':0.5,'top_k':5,'stop_sequences':['END'],'stream':true}"));
    }

    @Test
    void showsKeyAndVersion() {
        var usual = encoded(chat(USER, ""), endpoint("claude-x", Map.of()).build());
        var other = encoded(
                chat(USER, ",'stream':true"),
                endpoint("claude-x", Map.of("anthropic-version", "2030-01-01", "auth-header", "Authorization"))
                        .build());

        assertThat(usual.path()).isEqualTo("/messages");
        assertThat(usual.framing()).isEqualTo(Framing.WHOLE);
        assertThat(usual.headers().first("x-api-key")).contains("sk-test");
        assertThat(usual.headers().first("anthropic-version")).contains("2023-06-01");
        assertThat(other.framing()).isEqualTo(Framing.SSE);
        assertThat(other.headers().first("x-api-key")).isEmpty();
        assertThat(other.headers().first("Authorization")).contains("Bearer sk-test");
        assertThat(other.headers().first("anthropic-version")).contains("2030-01-01");
    }

    @Test
    void showsNoKeyWhereThereIsNone() {
        var request = Samples.ADAPTER.encode(
                Samples.request(chat(USER, "")), endpoint("x", Map.of()).build(), Credential.none());

        assertThat(request.headers().first("x-api-key")).isEmpty();
    }

    @Test
    void alwaysSetsALimit() {
        var unlimited = "{'messages':[" + USER + "]}";

        assertThat(body(unlimited).get("max_tokens")).hasToString("32000");
        assertThat(body(
                                unlimited,
                                endpoint("x", Map.of())
                                        .maxCompletionTokens(8192)
                                        .build())
                        .get("max_tokens"))
                .hasToString("8192");
        assertThat(body("{'max_completion_tokens':7,'max_tokens':9,'messages':[" + USER + "]}")
                        .get("max_tokens"))
                .hasToString("7");
    }

    @Test
    void makesRoomForTheBudgetWhereTheClientSetsNoLimit() {
        var thinking = body("{'reasoning':{'max_tokens':50000},'messages':[" + USER + "]}");

        assertThat(thinking.get("max_tokens")).hasToString("82000");
        assertThat(thinking.get("thinking")).hasToString(json("{'type':'enabled','budget_tokens':50000}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // OpenAI's temperature goes up to 2.
                "claude-sonnet-4-5|,'temperature':1.7|'temperature':1",
                "claude-sonnet-4-5|,'temperature':0.2,'top_p':0.9|'temperature':0.2",
                "claude-3-haiku-20240307|,'temperature':0.2,'top_p':0.9|'temperature':0.2,'top_p':0.9",
                "kimi-k2|,'temperature':0.2,'top_p':0.9|'temperature':0.2,'top_p':0.9",
                "claude-sonnet-4-5|,'top_p':0.9|'top_p':0.9",
                "claude-opus-4-6|,'temperature':0.2|'temperature':0.2",
                "claude-opus-4-7|,'temperature':0.2,'top_p':0.9,'top_k':3|``",
                "claude-opus-5|,'temperature':1|``",
            })
    void leavesOutSamplingThatTheModelDoesNotTake(String model, String asked, String written) {
        var body = body(chat(USER, asked), model);
        body.remove("model");
        body.remove("max_tokens");
        body.remove("messages");

        assertThat(body).hasToString("{" + json(written) + "}");
    }

    @Test
    void dropsWhatTheOperatorSays() {
        var body = body(
                chat(USER, ",'temperature':0.2,'top_p':0.9,'stop':['x']"),
                endpoint("kimi", Map.of("drop", "temperature, top_p")).build());

        assertThat(body.keySet()).containsExactly("model", "max_tokens", "messages", "stop_sequences");
    }

    @Test
    void bindsTheAnswerToASchemaAndClosesItsObjects() {
        var body = body(chat(
                USER,
                ",'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':"
                        + "{'type':'object','properties':{'type':{'type':'object','properties':{}},"
                        + "'open':{'type':'array','items':{'type':'object','additionalProperties':true}}}}}}"));

        assertThat(body.get("output_config"))
                .hasToString(json("{'format':{'type':'json_schema','schema':{'type':'object','properties':"
                        + "{'type':{'type':'object','properties':{},'additionalProperties':false},"
                        + "'open':{'type':'array','items':{'type':'object','additionalProperties':true}}},"
                        + "'additionalProperties':false}}}"));
    }

    @Test
    void asksForJsonInWordsWhereThereIsNoSchema() {
        var body = body(chat("{'role':'system','content':'S'}," + USER, ",'response_format':{'type':'json_object'}"));

        assertThat(body.has("output_config")).isFalse();
        assertThat(body.getAsJsonArray("system")).hasSize(2);
        assertThat(body.getAsJsonArray("system").get(1).toString()).contains("one valid JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'sometimes'",
                ",'n':2",
                ",'modalities':['text','audio']",
                ",'response_format':{'type':'grammar'}"
            })
    void refusesWhatItCannotSay(String asked) {
        assertThatThrownBy(() -> body(chat(USER, asked))).isInstanceOf(FailureException.class);
    }

    @Test
    void refusesASchemaForAModelThatCannotBeBound() {
        var schema = ",'response_format':{'type':'json_schema','json_schema':{'schema':{'type':'object'}}}";

        assertThatThrownBy(() -> body(chat(USER, schema), "claude-3-5-haiku-20241022"))
                .isInstanceOf(FailureException.class);
        assertThat(body(chat(USER, schema), "some-imitation").has("output_config"))
                .isTrue();
    }

    @Test
    void leavesOutBlankStopSequences() {
        assertThat(body(chat(USER, ",'stop':['\\n','END']")).get("stop_sequences"))
                .hasToString("[\"END\"]");
    }

    @Test
    void passesTheAutomaticCacheOn() {
        assertThat(body(chat(USER, ",'cache_control':{'type':'ephemeral','ttl':'1h'}"))
                        .get("cache_control"))
                .hasToString(json("{'type':'ephemeral','ttl':'1h'}"));
    }
}
