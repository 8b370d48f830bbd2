package io.patchbay.adapter.anthropic;

import static io.patchbay.adapter.anthropic.Samples.USER;
import static io.patchbay.adapter.anthropic.Samples.body;
import static io.patchbay.adapter.anthropic.Samples.chat;
import static io.patchbay.adapter.anthropic.Samples.choice;
import static io.patchbay.adapter.anthropic.Samples.deltas;
import static io.patchbay.adapter.anthropic.Samples.endpoint;
import static io.patchbay.adapter.anthropic.Samples.json;
import static io.patchbay.adapter.anthropic.Samples.messages;
import static io.patchbay.adapter.anthropic.Samples.stream;
import static io.patchbay.adapter.anthropic.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasoningTest {
    private static final String THINK = ",'reasoning':{'effort':'low'}";
    private static final String CALL = "'tool_calls':[{'id':'c','type':'function','function':{'name':'f'}}]";
    private static final String RESULT = "{'role':'tool','tool_call_id':'c','content':'x'}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reasoning':{'effort':'minimal'}|1024",
                "'reasoning':{'effort':'low'}|2000",
                "'reasoning':{'effort':'high'}|8000",
                "'reasoning':{'effort':'xhigh'}|9500",
                "'reasoning_effort':'medium'|5000",
                "'reasoning':{'enabled':true}|5000",
                "'reasoning':{'max_tokens':3000}|3000",
                "'reasoning':{'max_tokens':1}|1024",
                "'reasoning':{'max_tokens':20000}|9999",
            })
    void grantsABudget(String asked, String budget) {
        assertThat(body(chat(USER, "," + asked)).get("thinking"))
                .hasToString(json("{'type':'enabled','budget_tokens':" + budget + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reasoning':{'effort':'minimal'}|{'effort':'low'}",
                "'reasoning':{'effort':'max'}|{'effort':'max'}",
                "'reasoning':{'effort':'xhigh'}|{'effort':'high'}",
                "'reasoning_effort':'medium'|{'effort':'medium'}",
                "'reasoning':{'max_tokens':2000}|{'effort':'low'}",
                "'reasoning':{'max_tokens':5000}|{'effort':'medium'}",
                "'reasoning':{'max_tokens':9000}|{'effort':'high'}",
                "'reasoning':{'enabled':true},'verbosity':'low'|{'effort':'low'}",
            })
    void letsNewerModelsThinkAsLongAsTheyLike(String asked, String config) {
        var body = body(chat(USER, "," + asked), "claude-opus-4-6");

        assertThat(body.get("thinking")).hasToString(json("{'type':'adaptive','display':'summarized'}"));
        assertThat(body.get("output_config")).hasToString(json(config));
    }

    @Test
    void letsTheOperatorChooseTheWay() {
        var adaptive = endpoint("imitation", Map.of("thinking", "adaptive")).build();
        var enabled = endpoint("claude-opus-4-6", Map.of("thinking", "enabled")).build();

        assertThat(body(chat(USER, THINK), adaptive).get("thinking").toString()).contains("adaptive");
        assertThat(body(chat(USER, THINK), enabled).get("thinking").toString()).contains("budget_tokens");
    }

    @Test
    void asksForNoThoughtsWhereTheClientWantsNone() {
        for (var off : new String[] {"{'enabled':false}", "{'effort':'none'}", "{'max_tokens':0}"}) {
            assertThat(body(chat(USER, ",'reasoning':" + off)).has("thinking")).isFalse();
            assertThat(body(chat(USER, ",'reasoning':" + off), "claude-opus-5").get("thinking"))
                    .hasToString(json("{'type':'disabled'}"));
        }
        assertThat(body(chat(USER, ""), "claude-opus-5").has("thinking")).isFalse();
        assertThat(body(chat(USER, ",'reasoning':{'exclude':true}")).has("thinking"))
                .isFalse();
    }

    @Test
    void doesNotThinkWhereTheLimitTheToolsOrTheModelForbidIt() {
        var forced = ",'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'required'" + THINK;
        var notSupported = endpoint("claude-sonnet-4-5", Map.of())
                .supportedParameters(Set.of("tools"))
                .build();

        assertThat(body("{'max_tokens':1000,'messages':[" + USER + "]" + THINK + "}")
                        .has("thinking"))
                .isFalse();
        assertThat(body(chat(USER, forced)).has("thinking")).isFalse();
        assertThat(body(chat(USER, forced), "claude-opus-4-6").has("thinking")).isFalse();
        assertThat(body(chat(USER, THINK), notSupported).has("thinking")).isFalse();
        assertThat(body(chat(USER, THINK), "claude-3-5-haiku-20241022").has("thinking"))
                .isFalse();
    }

    @Test
    void samplesAsAThinkingModelMust() {
        assertThat(body(chat(USER, THINK + ",'temperature':0.2,'top_p':0.5,'top_k':3"))
                        .keySet())
                .containsExactly("model", "max_tokens", "messages", "thinking");
        assertThat(body(chat(USER, THINK + ",'top_p':0.97")).keySet()).contains("top_p");
        assertThat(body(chat(USER, THINK + ",'temperature':1")).keySet()).contains("temperature");
    }

    @Test
    void sendsThoughtsBackUnharmedAndInOrder() {
        var answer = whole("{'content':[{'type':'thinking','thinking':'Hm.','signature':'c2ln+/='},"
                + "{'type':'redacted_thinking','data':'ZGF0YQ=='},{'type':'thinking','thinking':'','signature':'czI='},"
                + "{'type':'text','text':'Let me see.'},{'type':'tool_use','id':'c','name':'f','input':{'a':1.0}}],"
                + "'stop_reason':'tool_use'}");

        var again = chat(USER + "," + choice(answer).get("message") + "," + RESULT, THINK);

        assertThat(body(again).getAsJsonArray("messages").get(1))
                .hasToString(json("{'role':'assistant','content':["
                        + "{'type':'thinking','thinking':'Hm.','signature':'c2ln+/='},"
                        + "{'type':'redacted_thinking','data':'ZGF0YQ=='},"
                        + "{'type':'thinking','thinking':'','signature':'czI='},{'type':'text','text':'Let me see.'},"
                        + "{'type':'tool_use','id':'c','name':'f','input':{'a':1.0}}]}"));
        assertThat(body(again).has("thinking")).isTrue();
    }

    @Test
    void putsThePiecesOfAStreamTogetherAgain() {
        var events = stream(
                "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'H'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'m.'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'c2ln'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking','data':'ZA=='}}");
        var pieces = new JsonArray();
        for (var delta : deltas(events)) {
            pieces.addAll(JsonParser.parseString(delta).getAsJsonObject().getAsJsonArray("reasoning_details"));
        }

        assertThat(pieces).hasSize(4);
        assertThat(messages(USER + ",{'role':'assistant','content':'A','reasoning_details':" + pieces + "}"))
                .endsWith(json("{'role':'assistant','content':[{'type':'thinking','thinking':'Hm.','signature':'c2ln'},"
                        + "{'type':'redacted_thinking','data':'ZA=='},{'type':'text','text':'A'}]}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'reasoning.text','text':'a','format':'anthropic-claude-v1'}|unsigned",
                "{'type':'reasoning.text','text':'a','signature':null}|unsigned",
                "{'type':'reasoning.text','text':'a','signature':'s','format':'google-gemini-v1'}|foreign",
                "{'type':'reasoning.encrypted','data':'d','format':'openai-responses-v1'}|foreign",
                "{'type':'reasoning.summary','summary':'s'}|summary",
            })
    void neverSendsThoughtsThatAnthropicWouldRefuse(String detail, String why) {
        assertThat(messages(USER + ",{'role':'assistant','content':'A','reasoning_details':[" + detail + "]}"))
                .as(why)
                .endsWith(json("{'role':'assistant','content':[{'type':'text','text':'A'}]}]"));
    }

    @Test
    void doesNotStartToThinkBetweenACallMadeWithoutThoughtAndItsResult() {
        var waiting = chat(USER + ",{'role':'assistant'," + CALL + "}," + RESULT, THINK);

        assertThat(body(waiting).has("thinking")).isFalse();
        assertThat(body(waiting, "claude-opus-4-6").has("thinking")).isTrue();
    }
}
