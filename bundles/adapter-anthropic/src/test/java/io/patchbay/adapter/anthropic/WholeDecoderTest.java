package io.patchbay.adapter.anthropic;

import static io.patchbay.adapter.anthropic.Samples.answer;
import static io.patchbay.adapter.anthropic.Samples.choice;
import static io.patchbay.adapter.anthropic.Samples.failure;
import static io.patchbay.adapter.anthropic.Samples.json;
import static io.patchbay.adapter.anthropic.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeDecoderTest {
    @Test
    void readsTextThoughtsAndUsage() {
        var answer = whole("{'type':'message','role':'assistant','content':["
                + "{'type':'thinking','thinking':'Hm.','signature':'s'},{'type':'text','text':'Good '},"
                + "{'type':'server_tool_use','id':'x','name':'web_search','input':{}},{'type':'text','text':'day.'}],"
                + "'stop_reason':'end_turn','usage':{'input_tokens':10,'cache_creation_input_tokens':20,"
                + "'cache_read_input_tokens':30,'output_tokens':7,'output_tokens_details':{'thinking_tokens':3}}}");

        assertThat(answer)
                .hasToString(json("{'choices':[{'index':0,'message':{'role':'assistant','content':'Good day.',"
                        + "'reasoning':'Hm.','reasoning_details':[{'type':'reasoning.text','text':'Hm.',"
                        + "'signature':'s','format':'anthropic-claude-v1','index':0}]},"
                        + "'finish_reason':'stop','native_finish_reason':'end_turn'}],"
                        + "'usage':{'prompt_tokens':60,'completion_tokens':7,'total_tokens':67,"
                        + "'prompt_tokens_details':{'cached_tokens':30,'cache_write_tokens':20},"
                        + "'completion_tokens_details':{'reasoning_tokens':3}}}"));
    }

    @Test
    void tellsWhatIsKeptForAnHourFromWhatIsKeptForMinutes() {
        var answer = whole("{'content':[],'stop_reason':'end_turn','usage':{'input_tokens':10,"
                + "'cache_creation_input_tokens':20,'cache_creation':{'ephemeral_5m_input_tokens':5,"
                + "'ephemeral_1h_input_tokens':15},'output_tokens':7}}");

        assertThat(answer.getAsJsonObject("usage").get("prompt_tokens_details"))
                .hasToString(json("{'cached_tokens':0,'cache_write_tokens':20,'cache_write_1h_tokens':15}"));
    }

    @Test
    void readsToolCallsWithTheirArgumentsAsWritten() {
        var message = choice(whole("{'content':[{'type':'tool_use','id':'t1','name':'f','input':{'n': 1.0,'x':"
                        + "12345678901234567890}},{'type':'tool_use','id':'t2','name':'g','input':{}}],"
                        + "'stop_reason':'tool_use'}"))
                .getAsJsonObject("message");

        assertThat(message.get("content").isJsonNull()).isTrue();
        var calls = message.getAsJsonArray("tool_calls");
        assertThat(calls.get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("function")
                        .get("arguments")
                        .getAsString())
                .isEqualTo(json("{'n': 1.0,'x':12345678901234567890}"));
        assertThat(calls.get(1))
                .hasToString(json("{'index':1,'id':'t2','type':'function','function':{'name':'g','arguments':'{}'}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "pause_turn, stop",
        "something_new, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "refusal, content_filter"
    })
    void translatesTheReason(String reason, String canonical) {
        var choice = choice(whole("{'content':[{'type':'text','text':'a'}],'stop_reason':'" + reason + "'}"));

        assertThat(choice.get("finish_reason").getAsString()).isEqualTo(canonical);
        assertThat(choice.get("native_finish_reason").getAsString()).isEqualTo(reason);
    }

    @Test
    void seesToolCallsWhateverTheReasonIs() {
        var calls = "{'content':[{'type':'tool_use','id':'t','name':'f','input':{}}],'stop_reason':'%s'}";

        assertThat(choice(whole(calls.formatted("end_turn")))
                        .get("finish_reason")
                        .getAsString())
                .isEqualTo("tool_calls");
        assertThat(choice(whole(calls.formatted("max_tokens")))
                        .get("finish_reason")
                        .getAsString())
                .isEqualTo("length");
    }

    @Test
    void tellsWhyTheModelRefused() {
        var message = choice(whole("{'content':[],'stop_reason':'refusal',"
                        + "'stop_details':{'type':'refusal','category':'cyber','explanation':'No.'}}"))
                .getAsJsonObject("message");

        assertThat(message).hasToString(json("{'role':'assistant','content':'','refusal':'No.'}"));
    }

    @Test
    void showsWhichPagesTheTextIsFrom() {
        var message = choice(
                        whole(
                                "{'content':[{'type':'text','text':'So: '},{'type':'text','text':'blue','citations':["
                                        + "{'type':'web_search_result_location','url':'https://a/b','title':'T','cited_text':'c'},"
                                        + "{'type':'char_location','cited_text':'d','document_index':0}]}],'stop_reason':'end_turn'}"))
                .getAsJsonObject("message");

        assertThat(message.get("annotations"))
                .hasToString(json("[{'type':'url_citation','url_citation':{'url':'https://a/b','title':'T',"
                        + "'content':'c','start_index':4,'end_index':8}}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'reasoning':{'exclude':true}}", "{'include_reasoning':false}"})
    void hidesThoughtsFromWhoDoesNotWantThem(String request) {
        var events = answer(request, "{'content':[{'type':'thinking','thinking':'Hm.','signature':'s'}]}");

        assertThat(((ChatCompletion) events.get(0)).json().toString()).doesNotContain("reasoning", "Hm.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{", "{}", "{'content':'text'}"})
    void failsOnWhatIsNoAnswer(String body) {
        var events = answer("{}", body);

        assertThat(events).hasSize(1);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void failsOnAnErrorInThePlaceOfAnAnswerAndOnNothingAtAll() {
        var error = answer("{}", "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}");

        assertThat(failure(error).kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(List.of(failure(answer("{}")).kind())).containsExactly(FailureKind.MALFORMED_ANSWER);
    }
}
