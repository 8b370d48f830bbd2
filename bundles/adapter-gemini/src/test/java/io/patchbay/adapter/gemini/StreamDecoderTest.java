package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.answer;
import static io.patchbay.adapter.gemini.Samples.deltas;
import static io.patchbay.adapter.gemini.Samples.failure;
import static io.patchbay.adapter.gemini.Samples.json;
import static io.patchbay.adapter.gemini.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDecoderTest {
    private static final String DONE = "{'candidates':[{'content':{'role':'model'},'finishReason':'STOP','index':0}],"
            + "'usageMetadata':{'promptTokenCount':7,'candidatesTokenCount':2,'thoughtsTokenCount':17,"
            + "'totalTokenCount':26}}";

    @Test
    void readsAText() {
        var events = stream(
                "{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'index':0}],'usageMetadata':{'promptTokenCount':7,"
                        + "'candidatesTokenCount':1}}",
                "{'candidates':[{'content':{'parts':[{'text':'!'}]},'index':0}],'usageMetadata':{'trafficType':'X'}}",
                DONE);

        assertThat(events).hasSize(4).last().isEqualTo(ChatEvent.End.INSTANCE);
        assertThat(text(events.get(0)))
                .isEqualTo(json("{'choices':[{'index':0,'delta':{'role':'assistant','content':'Hi'},"
                        + "'finish_reason':null}]}"));
        assertThat(text(events.get(1)))
                .isEqualTo(json("{'choices':[{'index':0,'delta':{'content':'!'},'finish_reason':null}]}"));
        assertThat(text(events.get(2)))
                .isEqualTo(json("{'choices':[{'index':0,'delta':{},'finish_reason':'stop',"
                        + "'native_finish_reason':'STOP'}],'usage':{'prompt_tokens':7,'completion_tokens':19,"
                        + "'total_tokens':26,'prompt_tokens_details':{'cached_tokens':0},"
                        + "'completion_tokens_details':{'reasoning_tokens':17}}}"));
    }

    @Test
    void waitsForWhatComesAfterTheFinishReason() {
        var events = stream(
                "{'candidates':[{'content':{'parts':[{'text':'A'}]},'finishReason':'STOP'}]}",
                "{'candidates':[{'content':{'parts':[{'text':'B'}]}}]}");

        assertThat(deltas(events)).containsExactly(json("{'role':'assistant','content':'A'}"), json("{'content':'B'}"));
        assertThat(events).filteredOn(StreamDecoderTest::isFinish).hasSize(1);
    }

    @Test
    void countsCallsOverAllPiecesAndGivesEachItsId() {
        var events = stream(call("{'name':'f','args':{'a':1}}"), call("{'name':'f'},'thoughtSignature':'c2ln'"), DONE);

        assertThat(deltas(events))
                .containsExactly(
                        json("{'role':'assistant','tool_calls':[{'index':0,'id':'call_gemini_r_0','type':'function',"
                                + "'function':{'name':'f','arguments':'{\\'a\\':1}'}}]}"),
                        json("{'tool_calls':[{'index':1,'id':'call_gemini_r_1','type':'function','function':"
                                + "{'name':'f','arguments':'{}'}}],'reasoning_details':[{'type':'reasoning.encrypted',"
                                + "'data':'c2ln','id':'call_gemini_r_1','format':'google-gemini-v1','index':0}]}"));
        assertThat(text(events.get(2))).contains(json("'finish_reason':'tool_calls','native_finish_reason':'STOP'"));
    }

    @Test
    void keepsOneThoughtTogether() {
        var events = stream(
                part("{'text':'H','thought':true}"),
                part("{'text':'m','thought':true}"),
                part("{'text':'A'}"),
                part("{'text':'Oh','thought':true}"),
                DONE);

        assertThat(deltas(events))
                .containsExactly(
                        json("{'role':'assistant','reasoning':'H','reasoning_details':[{'type':'reasoning.text',"
                                + "'text':'H','format':'google-gemini-v1','index':0}]}"),
                        json("{'reasoning':'m','reasoning_details':[{'type':'reasoning.text','text':'m',"
                                + "'format':'google-gemini-v1','index':0}]}"),
                        json("{'content':'A'}"),
                        json("{'reasoning':'Oh','reasoning_details':[{'type':'reasoning.text','text':'Oh',"
                                + "'format':'google-gemini-v1','index':1}]}"));
    }

    @Test
    void givesTheSameAnswerWhetherStreamedOrWhole() {
        var parts = List.of(
                "{'text':'Hm.','thought':true}",
                "{'text':'A','thoughtSignature':'czE='}",
                "{'text':'B'}",
                "{'functionCall':{'name':'f','args':{'a':[1,2]}},'thoughtSignature':'czI='}",
                "{'functionCall':{'name':'g'}}",
                "{'text':'','thoughtSignature':'czM='}");
        var whole = Samples.choice(Samples.whole("{'candidates':[{'content':{'parts':[" + String.join(",", parts)
                        + "]},'finishReason':'STOP'}],'responseId':'r'}"))
                .getAsJsonObject("message");

        var events = stream(parts.stream().map(StreamDecoderTest::part).toArray(String[]::new));

        assertThat(Gathered.message(events)).isEqualTo(whole);
    }

    @Test
    void citesWhatGoogleFoundWhenTheTextIsComplete() {
        var events = stream(
                "{'candidates':[{'content':{'parts':[{'text':'It is '}]},'groundingMetadata':{}}]}",
                "{'candidates':[{'content':{'parts':[{'text':'so.'}]},'groundingMetadata':{'groundingChunks':["
                        + "{'web':{'uri':'https://a','title':'A'}}]}}]}",
                "{'candidates':[{'finishReason':'STOP','groundingMetadata':{}}]}");

        assertThat(deltas(events))
                .last()
                .isEqualTo(json("{'annotations':[{'type':'url_citation','url_citation':{'url':'https://a',"
                        + "'title':'A','start_index':0,'end_index':9}}]}"));
    }

    @Test
    void citesWhatTheTextRepeatsOnce() {
        var cited = "'citationMetadata':{'citationSources':[{'startIndex':0,'endIndex':5,'uri':'https://a'}]}";
        var events = stream(
                "{'candidates':[{'content':{'parts':[{'text':'It is '}]}," + cited + "}]}",
                "{'candidates':[{'finishReason':'SAFETY','finishMessage':'No.'," + cited + "}]}");

        assertThat(deltas(events))
                .last()
                .isEqualTo(json("{'refusal':'No.','annotations':[{'type':'url_citation','url_citation':"
                        + "{'url':'https://a','title':'','start_index':0,'end_index':5}}]}"));
    }

    @Test
    void saysThatThePromptWasRefused() {
        var events = stream("{'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'promptTokenCount':4}}");

        assertThat(events).hasSize(2).last().isEqualTo(ChatEvent.End.INSTANCE);
        assertThat(text(events.get(0)))
                .startsWith(json("{'choices':[{'index':0,'delta':{'role':'assistant','content':''},"
                        + "'finish_reason':'content_filter','native_finish_reason':'SAFETY'}],'usage':{"));
    }

    @Test
    void endsEachOfSeveralAnswersOnce() {
        var events = stream(
                "{'candidates':[{'index':0,'content':{'parts':[{'text':'A'}]}},"
                        + "{'index':1,'content':{'parts':[{'text':'B'}]},'finishReason':'MAX_TOKENS'}]}",
                "{'candidates':[{'index':0,'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':1}}");

        assertThat(events).filteredOn(StreamDecoderTest::isFinish).hasSize(2);
        assertThat(text(events.get(3))).contains("\"index\":1", "\"length\"", "\"usage\"");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void isCutOffWithoutAReasonToEnd() {
        var events = stream("{'candidates':[{'content':{'parts':[{'text':'Hi'}]}}],"
                + "'usageMetadata':{'promptTokenCount':7,'candidatesTokenCount':1}}");

        assertThat(failure(events).kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(((ChatChunk) events.get(1)).usage().orElseThrow().promptTokens())
                .isEqualTo(7);
    }

    @Test
    void isCutOffWhereNothingCame() {
        assertThat(failure(stream()).kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(stream("{'usageMetadata':{}}")).kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @Test
    void letsAnotherModelTryWhereThisOneFailedBeforeItSaidAnything() {
        var events = stream("{'candidates':[{'finishReason':'MALFORMED_FUNCTION_CALL'}]}");

        assertThat(events).hasSize(1);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
    }

    @Test
    void endsWithAnErrorWhereTheModelFailedInTheMiddle() {
        var events = stream(part("{'text':'Hi'}"), "{'candidates':[{'finishReason':'OTHER'}]}");

        assertThat(text(events.get(1))).contains(json("'finish_reason':'error','native_finish_reason':'OTHER'"));
    }

    @Test
    void readsAnErrorInTheMiddle() {
        var events = stream(
                part("{'text':'Hi'}"), "{'error':{'code':429,'message':'slow','status':'RESOURCE_EXHAUSTED'}}", DONE);

        assertThat(events).hasSize(2);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{'a':", "x"})
    void failsOnWhatIsNoObject(String frame) {
        assertThat(failure(stream(part("{'text':'Hi'}"), frame)).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void hidesThoughts() {
        var events = answer("{'stream':true,'include_reasoning':false}", part("{'text':'Hm','thought':true}"), DONE);

        assertThat(deltas(events)).containsExactly(json("{'role':'assistant'}"));
    }

    private static String call(String call) {
        return part("{'functionCall':" + call + "}");
    }

    private static String part(String part) {
        boolean isLast = part.contains("czM=");
        return "{'candidates':[{'content':{'parts':[" + part + "]}" + (isLast ? ",'finishReason':'STOP'" : "")
                + "}],'responseId':'r'}";
    }

    private static boolean isFinish(ChatEvent event) {
        return event instanceof ChatChunk chunk && chunk.finishReason().isPresent();
    }

    private static String text(ChatEvent event) {
        return ((ChatChunk) event).json().toString();
    }
}
