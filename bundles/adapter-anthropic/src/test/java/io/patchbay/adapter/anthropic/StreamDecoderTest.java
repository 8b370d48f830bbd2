package io.patchbay.adapter.anthropic;

import static io.patchbay.adapter.anthropic.Samples.answer;
import static io.patchbay.adapter.anthropic.Samples.deltas;
import static io.patchbay.adapter.anthropic.Samples.failure;
import static io.patchbay.adapter.anthropic.Samples.json;
import static io.patchbay.adapter.anthropic.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDecoderTest {
    private static final String START = "{'type':'message_start','message':{'id':'m','content':[],'usage':"
            + "{'input_tokens':10,'cache_creation_input_tokens':2,'cache_read_input_tokens':3,'output_tokens':1}}}";
    private static final String PING = "{'type': 'ping'}";
    private static final String TEXT = begin(0, "{'type':'text','text':''}");
    private static final String HI = delta(0, "{'type':'text_delta','text':'Hi \\u00e9'}");
    private static final String DONE = finish("end_turn", "{'output_tokens':5}");
    private static final String STOP = "{'type':'message_stop'}";

    @Test
    void readsAText() {
        var events = stream(START, PING, TEXT, HI, delta(0, "{'type':'text_delta','text':'!'}"), end(0), DONE, STOP);

        assertThat(events).hasSize(4).last().isEqualTo(ChatEvent.End.INSTANCE);
        assertThat(text(events.get(0)))
                .isEqualTo(json("{'choices':[{'index':0,'delta':{'role':'assistant','content':'Hi \\u00e9'},"
                        + "'finish_reason':null}]}"));
        assertThat(text(events.get(1)))
                .isEqualTo(json("{'choices':[{'index':0,'delta':{'content':'!'},'finish_reason':null}]}"));
        assertThat(text(events.get(2)))
                .isEqualTo(json("{'choices':[{'index':0,'delta':{},'finish_reason':'stop',"
                        + "'native_finish_reason':'end_turn'}],'usage':{'prompt_tokens':15,'completion_tokens':5,"
                        + "'total_tokens':20,'prompt_tokens_details':{'cached_tokens':3,'cache_write_tokens':2}}}"));
    }

    @Test
    void believesTheLatestCount() {
        var all =
                "{'input_tokens':61,'cache_read_input_tokens':0,'cache_creation_input_tokens':null,'output_tokens':9}";
        var usage = ((ChatChunk)
                        stream(START, TEXT, HI, finish("end_turn", all), STOP).get(1))
                .usage()
                .orElseThrow();

        assertThat(usage.promptTokens()).isEqualTo(63);
        assertThat(usage.cachedTokens()).isZero();
        assertThat(usage.cacheWriteTokens()).isEqualTo(2);
        assertThat(usage.completionTokens()).isEqualTo(9);
    }

    @Test
    void countsSearchesOfTheWeb() {
        var all = "{'output_tokens':9,'server_tool_use':{'web_search_requests':2,'web_fetch_requests':1}}";
        var usage = ((ChatChunk)
                        stream(START, TEXT, HI, finish("end_turn", all), STOP).get(1))
                .usage()
                .orElseThrow();

        assertThat(usage.json().object("server_tool_use"))
                .hasValueSatisfying(tools -> assertThat(tools).hasToString("{\"web_search_requests\":2}"));
    }

    @Test
    void numbersToolCallsAmongThemselvesThoughBlocksInterleave() {
        var events = stream(
                START,
                TEXT,
                begin(1, "{'type':'tool_use','id':'t1','name':'f','input':{}}"),
                begin(2, "{'type':'tool_use','id':'t2','name':'g','input':{}}"),
                delta(1, "{'type':'input_json_delta','partial_json':''}"),
                delta(2, "{'type':'input_json_delta','partial_json':'{'}"),
                delta(1, "{'type':'input_json_delta','partial_json':'{\\u0022a\\u0022:1}'}"),
                delta(2, "{'type':'input_json_delta','partial_json':'}'}"),
                end(1),
                end(2),
                finish("tool_use", "{'output_tokens':5}"),
                STOP);

        assertThat(deltas(events))
                .containsExactly(
                        json("{'role':'assistant','tool_calls':[{'index':0,'id':'t1','type':'function',"
                                + "'function':{'name':'f','arguments':''}}]}"),
                        json("{'tool_calls':[{'index':1,'id':'t2','type':'function',"
                                + "'function':{'name':'g','arguments':''}}]}"),
                        json("{'tool_calls':[{'index':1,'function':{'arguments':'{'}}]}"),
                        json("{'tool_calls':[{'index':0,'function':{'arguments':'{\\u0022a\\u0022:1}'}}]}"),
                        json("{'tool_calls':[{'index':1,'function':{'arguments':'}'}}]}"));
        assertThat(reasons(events)).containsExactly("tool_calls");
    }

    @Test
    void givesEveryCallArguments() {
        var events = stream(
                begin(0, "{'type':'tool_use','id':'t1','name':'f','input':{}}"),
                delta(0, "{'type':'input_json_delta','partial_json':''}"),
                end(0),
                begin(1, "{'type':'tool_use','id':'t2','name':'f','input':{'a':1}}"),
                end(1));

        assertThat(deltas(events))
                .contains(
                        json("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}"),
                        "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}");
    }

    @Test
    void readsThoughts() {
        var events = stream(
                begin(0, "{'type':'thinking','thinking':'','signature':''}"),
                delta(0, "{'type':'thinking_delta','thinking':'Hm'}"),
                delta(0, "{'type':'signature_delta','signature':'s'}"),
                end(0),
                begin(1, "{'type':'redacted_thinking','data':'d'}"));

        assertThat(deltas(events))
                .containsExactly(
                        json("{'role':'assistant','reasoning':'Hm','reasoning_details':[{'type':'reasoning.text',"
                                + "'text':'Hm','format':'anthropic-claude-v1','index':0}]}"),
                        json("{'reasoning_details':[{'type':'reasoning.text','signature':'s',"
                                + "'format':'anthropic-claude-v1','index':0}]}"),
                        json("{'reasoning_details':[{'type':'reasoning.encrypted','data':'d',"
                                + "'format':'anthropic-claude-v1','index':1}]}"));
    }

    @Test
    void hidesThoughtsFromWhoDoesNotWantThem() {
        var events = answer(
                "{'stream':true,'reasoning':{'exclude':true}}",
                begin(0, "{'type':'thinking','thinking':'Hm'}"),
                begin(1, "{'type':'redacted_thinking','data':'d'}"),
                DONE,
                STOP);

        assertThat(deltas(events)).containsExactly(json("{'role':'assistant'}"));
    }

    @Test
    void tellsWhichPagesABlockIsFromWhenItEnds() {
        var events = stream(
                TEXT,
                HI,
                begin(1, "{'type':'text','text':'','citations':[]}"),
                delta(1, "{'type':'citations_delta','citation':{'url':'https://a/b','title':'T'}}"),
                delta(1, "{'type':'text_delta','text':'blue'}"),
                end(1));

        assertThat(deltas(events))
                .last()
                .isEqualTo(json("{'annotations':[{'type':'url_citation','url_citation':{'url':'https://a/b',"
                        + "'title':'T','start_index':4,'end_index':8}}]}"));
    }

    @Test
    void tellsWhyTheModelRefused() {
        var refused = "{'type':'message_delta','delta':{'stop_reason':'refusal',"
                + "'stop_details':{'type':'refusal','explanation':'No.'}},'usage':{'output_tokens':0}}";

        var events = stream(START, refused, STOP);

        assertThat(deltas(events)).containsExactly(json("{'role':'assistant','refusal':'No.'}"));
        assertThat(reasons(events)).containsExactly("content_filter");
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        var events = stream(
                START,
                "{'type':'message_thought_of'}",
                begin(0, "{'type':'server_tool_use','id':'s','name':'web_search'}"),
                delta(0, "{'type':'input_json_delta','partial_json':'{}'}"),
                end(0),
                begin(1, "{'type':'text','text':'Hi'}"),
                delta(1, "{'type':'compaction_delta','content':'x'}"),
                end(1),
                DONE,
                STOP);

        assertThat(deltas(events)).containsExactly(json("{'role':'assistant','content':'Hi'}"));
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void saysNothingBeforeABlockDoes() {
        var events = stream(START, TEXT, "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}");

        assertThat(deltas(events)).isEmpty();
        assertThat(failure(events).kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(failure(events).providerCode()).contains("overloaded_error");
    }

    @Test
    void reportsWhatWasUsedUpBeforeAnError() {
        var events = stream(START, TEXT, HI, "{'type':'error','error':{'type':'api_error','message':'Oh'}}", HI, STOP);

        assertThat(events).hasSize(3);
        assertThat(((ChatChunk) events.get(1)).choices()).isEmpty();
        assertThat(((ChatChunk) events.get(1)).usage().orElseThrow().promptTokens())
                .isEqualTo(15);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
    }

    @Test
    void neverTakesACutAnswerForAWholeOne() {
        assertThat(failure(stream()).kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(stream(START, TEXT, HI, end(0))).kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(stream(START, TEXT, HI, end(0), DONE)).kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(stream(START, TEXT, HI, end(0), STOP)).kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @Test
    void acceptsASecondBeginningOnlyBeforeAnythingWasSaid() {
        assertThat(stream(START, TEXT, START, TEXT, HI, DONE, STOP)).last().isEqualTo(ChatEvent.End.INSTANCE);
        assertThat(failure(stream(START, TEXT, HI, START, TEXT, HI, DONE, STOP)).kind())
                .isEqualTo(FailureKind.CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[DONE]", "{", "<html>", "{'type':'content_block_delta','index':7,'delta':{}}"})
    void failsOnWhatIsNoEvent(String frame) {
        assertThat(failure(stream(START, frame, TEXT, HI)).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    private static List<String> reasons(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .flatMap(event -> ((ChatChunk) event).finishReason().stream())
                .toList();
    }

    private static String text(ChatEvent event) {
        return ((ChatChunk) event).json().toString();
    }

    private static String begin(int index, String block) {
        return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
    }

    private static String delta(int index, String delta) {
        return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
    }

    private static String end(int index) {
        return "{'type':'content_block_stop','index':" + index + "}";
    }

    private static String finish(String reason, String usage) {
        return "{'type':'message_delta','delta':{'stop_reason':'" + reason + "'},'usage':" + usage + "}";
    }
}
