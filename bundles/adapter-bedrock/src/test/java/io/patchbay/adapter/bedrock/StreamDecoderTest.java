package io.patchbay.adapter.bedrock;

import static io.patchbay.adapter.bedrock.Samples.ADAPTER;
import static io.patchbay.adapter.bedrock.Samples.HAIKU_3;
import static io.patchbay.adapter.bedrock.Samples.SONNET_3_7;
import static io.patchbay.adapter.bedrock.Samples.blockStop;
import static io.patchbay.adapter.bedrock.Samples.chunks;
import static io.patchbay.adapter.bedrock.Samples.decode;
import static io.patchbay.adapter.bedrock.Samples.delta;
import static io.patchbay.adapter.bedrock.Samples.deltas;
import static io.patchbay.adapter.bedrock.Samples.endpoint;
import static io.patchbay.adapter.bedrock.Samples.failure;
import static io.patchbay.adapter.bedrock.Samples.frame;
import static io.patchbay.adapter.bedrock.Samples.messageStop;
import static io.patchbay.adapter.bedrock.Samples.metadata;
import static io.patchbay.adapter.bedrock.Samples.request;
import static io.patchbay.adapter.bedrock.Samples.start;
import static io.patchbay.adapter.bedrock.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDecoderTest {
    private static final Frame BEGIN = frame("messageStart", "{'role':'assistant','p':'abc'}");
    private static final String SCHEMA = "'response_format':{'type':'json_schema','json_schema':{'schema':{}}}";

    @Test
    void passesTextOnAndCountsAfterTheEnd() {
        var events = stream(
                BEGIN,
                delta(0, "{'text':''}"),
                delta(0, "{'text':'h\\u00e9'}"),
                delta(0, "{'text':'llo'}"),
                blockStop(0),
                messageStop("end_turn"),
                metadata());

        assertThat(chunks(events))
                .containsExactly(
                        "{'choices':[{'index':0,'delta':{'role':'assistant','content':'h\\u00e9'},'finish_reason':null}]}",
                        "{'choices':[{'index':0,'delta':{'content':'llo'},'finish_reason':null}]}",
                        "{'choices':[{'index':0,'delta':{},'finish_reason':'stop','native_finish_reason':'end_turn'}]}",
                        "{'choices':[],'usage':{'prompt_tokens':1040,'completion_tokens':7,'total_tokens':1047,"
                                + "'prompt_tokens_details':{'cached_tokens':1028,'cache_write_tokens':0}}}");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
        assertThat(events).hasSize(5);
    }

    @Test
    void isCompleteWithoutCounts() {
        assertThat(stream(BEGIN, delta(0, "{'text':'a'}"), messageStop("end_turn")))
                .hasSize(3)
                .last()
                .isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void saysWhoSpeaksEvenIfNothingIsSaid() {
        assertThat(deltas(stream(BEGIN, messageStop("end_turn"), metadata()))).containsExactly("{'role':'assistant'}");
    }

    @Test
    void numbersToolCallsByThemselves() {
        var events = stream(
                BEGIN,
                delta(0, "{'text':'so'}"),
                blockStop(0),
                start(1, "{'name':'f','toolUseId':'tooluse_1'}"),
                delta(1, "{'toolUse':{'input':''}}"),
                delta(1, "{'toolUse':{'input':'{\\'x\\': 1.0'}}"),
                delta(1, "{'toolUse':{'input':'}'}}"),
                blockStop(1),
                start(2, "{'name':'g','toolUseId':'tooluse_2','type':'tool_use'}"),
                blockStop(2),
                messageStop("tool_use"),
                metadata());

        assertThat(deltas(events))
                .containsExactly(
                        "{'role':'assistant','content':'so'}",
                        "{'tool_calls':[{'index':0,'id':'tooluse_1','type':'function','function':{'name':'f','arguments':''}}]}",
                        "{'tool_calls':[{'index':0,'function':{'arguments':'{\\'x\\': 1.0'}}]}",
                        "{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}",
                        "{'tool_calls':[{'index':1,'id':'tooluse_2','type':'function','function':{'name':'g','arguments':''}}]}",
                        "{'tool_calls':[{'index':1,'function':{'arguments':'{}'}}]}",
                        "{}");
        assertThat(chunks(events).get(6)).contains("'finish_reason':'tool_calls','native_finish_reason':'tool_use'");
    }

    @Test
    void keepsBedrocksOwnToolsToItself() {
        var events = stream(
                BEGIN,
                start(0, "{'name':'nova_code_interpreter','toolUseId':'t','type':'server_tool_use'}"),
                delta(0, "{'toolUse':{'input':'{}'}}"),
                blockStop(0),
                frame("contentBlockStart", "{'contentBlockIndex':1,'start':{'toolResult':{'toolUseId':'t'}}}"),
                delta(1, "{'toolResult':[{'json':{}}]}"),
                blockStop(1),
                delta(2, "{'text':'7'}"),
                blockStop(2),
                messageStop("end_turn"));

        assertThat(deltas(events)).containsExactly("{'role':'assistant','content':'7'}", "{}");
        assertThat(chunks(events).get(1)).contains("'finish_reason':'stop'");
    }

    @Test
    void showsThoughtsWithTheirSignatures() {
        var events = stream(
                BEGIN,
                delta(0, "{'reasoningContent':{'text':'hm'}}"),
                delta(0, "{'reasoningContent':{'signature':'S+/='}}"),
                blockStop(0),
                delta(1, "{'reasoningContent':{'redactedContent':'UkVE'}}"),
                blockStop(1),
                delta(2, "{'text':'8'}"),
                messageStop("end_turn"));

        assertThat(deltas(events))
                .containsExactly(
                        "{'role':'assistant','reasoning':'hm','reasoning_details':[{'type':'reasoning.text','text':'hm',"
                                + "'format':'anthropic-claude-v1','index':0}]}",
                        "{'reasoning_details':[{'type':'reasoning.text','signature':'S+/=',"
                                + "'format':'anthropic-claude-v1','index':0}]}",
                        "{'reasoning_details':[{'type':'reasoning.encrypted','data':'UkVE',"
                                + "'format':'anthropic-claude-v1','index':1}]}",
                        "{'content':'8'}",
                        "{}");
    }

    @Test
    void hidesThoughtsIfAsked() {
        var decoder = ADAPTER.decoder(
                request("{'stream':true,'reasoning':{'exclude':true}}"), endpoint(SONNET_3_7, Map.of()));

        assertThat(deltas(decode(
                        decoder,
                        delta(0, "{'reasoningContent':{'text':'hm'}}"),
                        delta(1, "{'text':'8'}"),
                        messageStop("end_turn"))))
                .containsExactly("{'role':'assistant','content':'8'}", "{}");
    }

    @Test
    void givesTheArgumentsOfTheAnsweringToolAsText() {
        var decoder = ADAPTER.decoder(request("{'stream':true," + SCHEMA + "}"), endpoint(HAIKU_3, Map.of()));

        var events = decode(
                decoder,
                start(0, "{'name':'patchbay_answer','toolUseId':'t'}"),
                delta(0, "{'toolUse':{'input':'{\\'x\\':'}}"),
                delta(0, "{'toolUse':{'input':'1}'}}"),
                blockStop(0),
                messageStop("tool_use"),
                metadata());

        assertThat(deltas(events))
                .containsExactly("{'role':'assistant','content':'{\\'x\\':'}", "{'content':'1}'}", "{}");
        assertThat(chunks(events).get(2)).contains("'finish_reason':'stop','native_finish_reason':'tool_use'");
    }

    @Test
    void annotatesTextWithThePagesItCites() {
        var events = stream(
                BEGIN,
                delta(0, "{'text':'Ruby'}"),
                delta(
                        0,
                        "{'citation':{'title':'R','sourceContent':[{'text':'x'}],"
                                + "'location':{'web':{'url':'https://ruby-lang.org/','domain':'ruby-lang.org'}}}}"),
                delta(0, "{'citation':{'title':'facts','location':{'documentChar':{'documentIndex':0}}}}"),
                blockStop(0),
                messageStop("end_turn"));

        assertThat(deltas(events).get(1))
                .isEqualTo("{'annotations':[{'type':'url_citation','url_citation':{'url':'https://ruby-lang.org/',"
                        + "'title':'R','content':'x','start_index':0,'end_index':4}}]}");
        assertThat(events).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,stop",
        "stop_sequence,stop",
        "max_tokens,length",
        "model_context_window_exceeded,length",
        "guardrail_intervened,content_filter",
        "content_filtered,content_filter",
        "tool_use,stop",
        "something_new,stop"
    })
    void translatesWhyItEnded(String reason, String canonical) {
        assertThat(chunks(stream(BEGIN, delta(0, "{'text':'a'}"), messageStop(reason)))
                        .get(1))
                .contains("'finish_reason':'" + canonical + "','native_finish_reason':'" + reason + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException,RATE_LIMITED",
        "modelStreamErrorException,UPSTREAM_ERROR",
        "internalServerException,UPSTREAM_ERROR",
        "serviceUnavailableException,OVERLOADED",
        "modelTimeoutException,TIMEOUT",
        "validationException,INVALID_REQUEST",
        "InternalFailure,UPSTREAM_ERROR"
    })
    void failsOnAnException(String type, FailureKind kind) {
        var events = stream(
                BEGIN, delta(0, "{'text':'Hel'}"), frame("exception/" + type, "{'message':'Something is wrong.'}"));

        assertThat(failure(events).kind()).isEqualTo(kind);
        assertThat(failure(events).providerCode()).contains(type);
        assertThat(events).hasSize(2);
    }

    @Test
    void saysThatThePromptIsTooLongThoughTheStreamHasBegun() {
        var events =
                stream(BEGIN, frame("exception/validationException", "{'message':'Input is too long for model.'}"));

        assertThat(failure(events).kind()).isEqualTo(FailureKind.CONTEXT_TOO_LONG);
        assertThat(events).hasSize(1);
    }

    @Test
    void isCompleteThoughTheCountsBreakOff() {
        assertThat(stream(
                        BEGIN,
                        delta(0, "{'text':'a'}"),
                        messageStop("end_turn"),
                        frame("exception/internalServerException", "{}")))
                .last()
                .isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void failsWhereTheModelBroughtForthNoAnswer() {
        var events = stream(BEGIN, delta(0, "{'text':'a'}"), messageStop("malformed_tool_use"), metadata());

        assertThat(failure(events).kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
        assertThat(chunks(events)).hasSize(2).last().asString().contains("'usage'");
    }

    @Test
    void failsIfItIsCutOff() {
        assertThat(failure(stream(BEGIN, delta(0, "{'text':'a'}"), blockStop(0)))
                        .kind())
                .isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(stream()).kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{'delta':{'text':'a','text':'b'}}"})
    void failsOnWhatIsNoJson(String data) {
        var events = stream(frame("contentBlockDelta", data));

        assertThat(failure(events).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(events).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"messageStop", "contentBlockDelta", "contentBlockStart", "contentBlockStop", "metadata"})
    void neverThrows(String event) {
        for (var data : List.of(
                "{}",
                "{'contentBlockIndex':-1,'delta':7,'start':[],'usage':'x','stopReason':null}",
                "{'delta':{'text':5,'reasoningContent':{'text':[]},'toolUse':{'input':{}},'citation':[]}}",
                "{'start':{'toolUse':{'name':1}},'usage':{'inputTokens':-5,'outputTokens':1e99}}")) {
            assertThat(stream(frame(event, data))).last().isInstanceOf(ChatEvent.Failed.class);
        }
    }
}
