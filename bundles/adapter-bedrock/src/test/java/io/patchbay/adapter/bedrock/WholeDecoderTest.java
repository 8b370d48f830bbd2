package io.patchbay.adapter.bedrock;

import static io.patchbay.adapter.bedrock.Samples.ADAPTER;
import static io.patchbay.adapter.bedrock.Samples.HAIKU_3;
import static io.patchbay.adapter.bedrock.Samples.choice;
import static io.patchbay.adapter.bedrock.Samples.completion;
import static io.patchbay.adapter.bedrock.Samples.decode;
import static io.patchbay.adapter.bedrock.Samples.endpoint;
import static io.patchbay.adapter.bedrock.Samples.failure;
import static io.patchbay.adapter.bedrock.Samples.frame;
import static io.patchbay.adapter.bedrock.Samples.json;
import static io.patchbay.adapter.bedrock.Samples.messages;
import static io.patchbay.adapter.bedrock.Samples.request;
import static io.patchbay.adapter.bedrock.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.FailureKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeDecoderTest {
    @Test
    void readsTextAndCounts() {
        var answer =
                completion(whole("{'output':{'message':{'role':'assistant','content':[{'text':'a'},{'text':'b'}]}},"
                        + "'stopReason':'end_turn','metrics':{'latencyMs':1},'usage':{'inputTokens':12,'outputTokens':185,"
                        + "'totalTokens':1230,'cacheReadInputTokenCount':1028,'cacheReadInputTokens':1028,"
                        + "'cacheWriteInputTokens':5}}"));

        assertThat(answer)
                .isEqualTo(json("{'choices':[{'index':0,'message':{'role':'assistant','content':'ab'},"
                        + "'finish_reason':'stop','native_finish_reason':'end_turn'}],'usage':{'prompt_tokens':1045,"
                        + "'completion_tokens':185,'total_tokens':1230,"
                        + "'prompt_tokens_details':{'cached_tokens':1028,'cache_write_tokens':5}}}"));
    }

    @Test
    void tellsWhatIsKeptForAnHourFromWhatIsKeptForMinutes() {
        var answer = completion(whole("{'output':{'message':{'role':'assistant','content':[{'text':'a'}]}},"
                + "'stopReason':'end_turn','usage':{'inputTokens':1,'outputTokens':2,'totalTokens':3,"
                + "'cacheWriteInputTokens':20,'cacheDetails':[{'ttl':'5m','inputTokens':5},"
                + "{'ttl':'1h','inputTokens':15}]}}"));

        assertThat(answer.getAsJsonObject("usage").get("prompt_tokens_details"))
                .isEqualTo(json("{'cached_tokens':0,'cache_write_tokens':20,'cache_write_1h_tokens':15}"));
    }

    @Test
    void readsToolCallsAsTheyWereWritten() {
        var choice = choice(whole(answer(
                "{'toolUse':{'toolUseId':'t1','name':'f','input':{'x': 1.0,'n':12345678901234567890}}},"
                        + "{'toolUse':{'toolUseId':'t2','name':'g'}}",
                "tool_use")));

        assertThat(choice.get("message"))
                .isEqualTo(json("{'role':'assistant','content':null,'tool_calls':["
                        + "{'index':0,'id':'t1','type':'function','function':{'name':'f',"
                        + "'arguments':'{\\'x\\': 1.0,\\'n\\':12345678901234567890}'}},"
                        + "{'index':1,'id':'t2','type':'function','function':{'name':'g','arguments':'{}'}}]}"));
        assertThat(choice.get("finish_reason").getAsString()).isEqualTo("tool_calls");
    }

    @Test
    void sendsBackWhatItRead() {
        var content = "{'reasoningContent':{'reasoningText':{'text':'hm','signature':'S+/=='}}},"
                + "{'reasoningContent':{'redactedContent':'UkVE'}},{'text':'so'},"
                + "{'toolUse':{'toolUseId':'tooluse_1','name':'f','input':{'x':1.0}}}";

        var message = choice(whole(answer(content, "tool_use"))).getAsJsonObject("message");

        assertThat(message.get("reasoning").getAsString()).isEqualTo("hm");
        assertThat(messages(
                        Samples.SONNET_3_7,
                        "[{'role':'user','content':'hi'}," + message
                                + ",{'role':'tool','tool_call_id':'tooluse_1','content':'1'}]"))
                .contains(("{'role':'assistant','content':[" + content + "]}").replace('\'', '"'));
    }

    @Test
    void keepsBedrocksOwnToolsToItselfAndAnnotatesWhatTheyFound() {
        var message = choice(whole(answer(
                        "{'toolUse':{'toolUseId':'t','name':'nova_grounding','type':'server_tool_use','input':{}}},"
                                + "{'toolResult':{'toolUseId':'t','content':[]}},{'text':'Ruby 4'},"
                                + "{'citationsContent':{'citations':[{'location':{'web':{'domain':'ruby-lang.org',"
                                + "'url':'https://ruby-lang.org/'}}}]}},{'citationsContent':{'content':[{'text':'.'}],"
                                + "'citations':[{'location':{'documentPage':{'start':1}}}]}}",
                        "end_turn")))
                .getAsJsonObject("message");

        assertThat(message)
                .isEqualTo(json("{'role':'assistant','content':'Ruby 4.','annotations':[{'type':'url_citation',"
                        + "'url_citation':{'url':'https://ruby-lang.org/','title':'ruby-lang.org','start_index':0,"
                        + "'end_index':6}}]}"));
    }

    @Test
    void givesTheArgumentsOfTheAnsweringToolAsText() {
        var decoder = ADAPTER.decoder(
                request("{'response_format':{'type':'json_schema','json_schema':{'schema':{}}}}"),
                endpoint(HAIKU_3, Map.of()));

        var choice = choice(decode(
                decoder,
                frame(
                        "",
                        answer("{'toolUse':{'toolUseId':'t','name':'patchbay_answer','input':{'x':1}}}", "tool_use"))));

        assertThat(choice.get("message")).isEqualTo(json("{'role':'assistant','content':'{\\'x\\':1}'}"));
        assertThat(choice.get("finish_reason").getAsString()).isEqualTo("stop");
    }

    @Test
    void tellsThatAGuardrailIntervened() {
        var choice = choice(whole(answer("{'text':'{ADDRESS}'}", "guardrail_intervened")));

        assertThat(choice.get("finish_reason").getAsString()).isEqualTo("content_filter");
        assertThat(choice.get("native_finish_reason").getAsString()).isEqualTo("guardrail_intervened");
    }

    @Test
    void failsWhereTheModelBroughtForthNoAnswer() {
        assertThat(failure(whole(answer("{'text':'a'}", "malformed_model_output")))
                        .kind())
                .isEqualTo(FailureKind.UPSTREAM_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<html>",
                "{}",
                "{'output':{'message':{}},'stopReason':'end_turn'}",
                "{'output':{'message':{'content':[]}}}",
                "{'output':{'message':{'content':[{'toolUse':{'input':{'a':1,'a':2}}}]}},'stopReason':'tool_use'}",
                "{'Output':{'__type':'com.amazon.coral.service#UnknownOperationException'},'Version':'1.0'}"
            })
    void failsOnWhatIsNoAnswer(String body) {
        var events = whole(body);

        assertThat(events).hasSize(1);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    private static String answer(String content, String reason) {
        return "{'output':{'message':{'role':'assistant','content':[" + content + "]}},'stopReason':'" + reason + "'}";
    }
}
