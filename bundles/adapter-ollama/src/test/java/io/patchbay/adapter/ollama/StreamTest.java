package io.patchbay.adapter.ollama;

import static io.patchbay.adapter.ollama.Samples.choices;
import static io.patchbay.adapter.ollama.Samples.failure;
import static io.patchbay.adapter.ollama.Samples.json;
import static io.patchbay.adapter.ollama.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {
    private static final String HELLO =
            "{'model':'m','created_at':'2026-01-01T00:00:00Z','message':{'role':'assistant','content':'Hel'},'done':false}";
    private static final String DONE = "{'model':'m','message':{'role':'assistant','content':''},'done':true,"
            + "'done_reason':'stop','total_duration':1,'prompt_eval_count':17,'eval_count':3}";

    @Test
    void readsTextToTheEnd() {
        var events = stream(HELLO, "{'message':{'content':'lo'},'done':false}", DONE);

        assertThat(choices(events))
                .containsExactly(
                        json("{'index':0,'delta':{'role':'assistant','content':'Hel'},'finish_reason':null}"),
                        json("{'index':0,'delta':{'content':'lo'},'finish_reason':null}"),
                        json("{'index':0,'delta':{},'finish_reason':'stop','native_finish_reason':'stop'}"),
                        json("{'choices':[],'usage':{'prompt_tokens':17,'completion_tokens':3,'total_tokens':20}}"));
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void readsThoughts() {
        var events = stream("{'message':{'content':'','thinking':'a'}}", "{'message':{'thinking':'b'}}", DONE);

        assertThat(choices(events))
                .startsWith(
                        json(
                                "{'index':0,'delta':{'role':'assistant','content':'','reasoning':'a','reasoning_details':["
                                        + "{'type':'reasoning.text','text':'a','format':'unknown','index':0}]},'finish_reason':null}"),
                        json(
                                "{'index':0,'delta':{'reasoning':'b','reasoning_details':["
                                        + "{'type':'reasoning.text','text':'b','format':'unknown','index':0}]},'finish_reason':null}"));
    }

    @Test
    void tellsOfToolCallsNameFirst() {
        var events = stream(
                "{'message':{'content':'','tool_calls':[{'id':'call_x','function':{'index':0,'name':'f','arguments':"
                        + "{'a':12345678901234567890,'b':1.0}}},{'function':{'index':0,'name':'g','arguments':{}}}]},'done':false}",
                "{'message':{'tool_calls':[{'function':{'name':'h'}}]},'done':false}",
                DONE);

        assertThat(choices(events).stream()
                        .map(choice -> choice.getAsJsonObject().get("delta")))
                .startsWith(
                        json("{'role':'assistant','content':''}"),
                        json(
                                "{'tool_calls':[{'id':'call_x','type':'function','function':{'name':'f','arguments':''},'index':0}]}"),
                        json("{'tool_calls':[{'index':0,'function':{'arguments':"
                                + "'{\\'a\\':12345678901234567890,\\'b\\':1.0}'}}]}"),
                        json(
                                "{'tool_calls':[{'id':'call_3_1','type':'function','function':{'name':'g','arguments':''},'index':1}]}"),
                        json("{'tool_calls':[{'index':1,'function':{'arguments':'{}'}}]}"),
                        json(
                                "{'tool_calls':[{'id':'call_3_2','type':'function','function':{'name':'h','arguments':''},'index':2}]}"),
                        json("{'tool_calls':[{'index':2,'function':{'arguments':'{}'}}]}"));
        assertThat(finish(events)).isEqualTo("tool_calls/stop");
    }

    @Test
    void passesProbabilitiesOn() {
        var events = stream("{'message':{'content':'a'},'logprobs':[{'token':'a','logprob':-2.5e-7}]}", DONE);

        assertThat(choices(events))
                .first()
                .isEqualTo(json("{'index':0,'delta':{'role':'assistant','content':'a'},'finish_reason':null,"
                        + "'logprobs':{'content':[{'token':'a','logprob':-2.5e-7}]}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'done_reason':'length'|length/length",
                "'done_reason':'load'|stop/load",
                "'done_reason':'unload'|stop/unload",
                "'done_reason':''|stop/stop",
                "'total_duration':1|stop/stop",
            },
            quoteCharacter = '`')
    void knowsWhyItEnded(String member, String reason) {
        assertThat(finish(stream(HELLO, "{'done':true," + member + "}"))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'prompt_eval_count':5,'eval_count':2|5 prompt + 2 completion tokens",
                "'eval_count':2|0 prompt + 2 completion tokens",
                "'prompt_eval_count':5|5 prompt + 0 completion tokens",
                "'prompt_eval_count':-5,'eval_count':1e30|0 prompt + 0 completion tokens",
                "'total_duration':1|none",
            },
            quoteCharacter = '`')
    void countsWhatTheProviderCounted(String members, String usage) {
        var reported = stream(HELLO, "{'done':true," + members + "}").stream()
                .filter(ChatChunk.class::isInstance)
                .flatMap(event -> ((ChatChunk) event).usage().stream())
                .toList();

        assertThat(reported.isEmpty() ? "none" : reported.get(0).toString()).isEqualTo(usage);
    }

    @Test
    void readsTextThatComesWithTheEnd() {
        assertThat(choices(stream("{'message':{'content':'all'},'done':true,'done_reason':'stop'}")))
                .containsExactly(
                        json("{'index':0,'delta':{'role':'assistant','content':'all'},'finish_reason':null}"),
                        json("{'index':0,'delta':{},'finish_reason':'stop','native_finish_reason':'stop'}"));
    }

    @Test
    void saysNothingAfterTheEnd() {
        assertThat(stream(HELLO, DONE, HELLO, "{'error':'x'}")).hasSize(4);
    }

    @Test
    void reportsAnErrorInTheMiddle() {
        var events =
                stream(HELLO, "{'error':'an error was encountered while running the model: unexpected EOF'}", DONE);

        assertThat(events).hasSize(2);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
        assertThat(failure(events).providerMessage())
                .hasValueSatisfying(text -> assertThat(text).endsWith("unexpected EOF"));
    }

    @Test
    void noticesWhenTheEndIsMissing() {
        assertThat(failure(stream(HELLO)).kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(stream()).kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{",
                "{'done':false}",
                "{'message':'text','done':false}",
                "{'message':{'content':'a','content':'b'}}"
            })
    void reportsWhatItCannotRead(String line) {
        var events = stream(HELLO, line, DONE);

        assertThat(failure(events).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(events).hasSize(2);
    }

    private static String finish(Iterable<ChatEvent> events) {
        for (var event : events) {
            if (event instanceof ChatChunk chunk && chunk.finishReason().isPresent()) {
                return chunk.finishReason().get()
                        + '/'
                        + chunk.choices().get(0).string("native_finish_reason").orElse("");
            }
        }
        return "";
    }
}
