package io.patchbay.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeDecoderTest {
    @Test
    void passesOnEveryFieldOfTheAnswer() {
        var completion = read("  \n{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"h\\u00e9\",\"zzz\":1.0},\"finish_reason\":\"stop\",\"zzz\":true}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"zzz\":4},\"zzz\":[]}");

        assertThat(completion.json().toString())
                .isEqualTo("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"h\\u00e9\",\"zzz\":1.0},\"finish_reason\":\"stop\",\"zzz\":true,"
                        + "\"native_finish_reason\":\"stop\"}],\"id\":\"x\","
                        + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"zzz\":4},"
                        + "\"zzz\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"stop\"', stop, stop",
        "'\"eos\"', stop, eos",
        "'\"length\"', length, length",
        "'\"model_length\"', length, model_length",
        "'\"tool_call\"', tool_calls, tool_call",
        "'\"content_filter\"', content_filter, content_filter",
        "'\"sensitive\"', content_filter, sensitive",
        "'\"model_context_window_exceeded\"', length, model_context_window_exceeded",
        "'\"guardrail_intervened\"', content_filter, guardrail_intervened",
        "'\"\"', stop, stop",
        "null, stop, stop",
        "2, length, 2",
    })
    void saysInCanonicalWordsWhyItEnded(String written, String reason, String nativeOne) {
        var choice = read("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":" + written + "}]}")
                .choices()
                .get(0);

        assertThat(choice.string("finish_reason")).contains(reason);
        assertThat(choice.string("native_finish_reason")).contains(nativeOne);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"stop\"", "\"eos\"", "\"\"", "null"})
    void seesToolCallsWhateverTheProviderCallsThem(String written) {
        var completion = read("{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"c\"}]},"
                + "\"finish_reason\":" + written + "}]}");

        assertThat(completion.finishReason()).contains("tool_calls");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'arguments':''|{}",
                "'arguments':null|{}",
                "'name':'f'|{}",
                "'arguments':{'x':1.0}|{'x':1.0}",
                "'arguments':'no json'|no json",
            })
    void bringsTheArgumentsOfCallsIntoTheFormOfAText(String function, String arguments) {
        var completion = read(("{'choices':[{'message':{'tool_calls':[{'id':'c','type':'function','function':{"
                        + function + "}}]},'finish_reason':'tool_calls'}]}")
                .replace('\'', '"'));

        var call = completion
                .choices()
                .get(0)
                .object("message")
                .orElseThrow()
                .objects("tool_calls")
                .get(0);
        assertThat(call.object("function").orElseThrow().string("arguments")).contains(arguments.replace('\'', '"'));
    }

    @Test
    void hasTextAndTypesThatTheProviderLeavesOutBesideCalls() {
        var message = read("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"tool_calls\":["
                        + "{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}")
                .choices()
                .get(0)
                .object("message")
                .orElseThrow();

        assertThat(message.kind("content")).contains(JsonKind.NULL);
        assertThat(message.objects("tool_calls").get(0).string("type")).contains("function");
    }

    @Test
    void showsHiddenThoughtsUnderTheCanonicalNameToo() {
        var completion = read("{\"choices\":[{\"message\":{\"content\":\"a\",\"reasoning_content\":\"h\\nm\"},"
                + "\"finish_reason\":\"stop\"}]}");

        assertThat(completion.choices().get(0).object("message").orElseThrow().toString())
                .isEqualTo("{\"content\":\"a\",\"reasoning_content\":\"h\\nm\",\"reasoning\":\"h\\nm\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"id\": oops, this is not json",
                "<!doctype html><title>Sign in</title>",
                "[]",
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":null}",
                "{\"choices\":[{\"index\":0}]}",
                "{\"choices\":[{\"message\":\"text\"}]}",
                "{\"choices\":[{\"message\":{\"content\":\"half an ans",
                "data: {\"choices\":[]}\n\n",
            })
    void refusesWhatIsNoAnswer(String body) {
        assertThat(Samples.failure(Samples.whole(body)).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void failsWhereNothingCameAtAll() {
        var events = new java.util.ArrayList<io.patchbay.api.chat.ChatEvent>();

        Samples.decoder(false).end(events::add);

        assertThat(Samples.failure(events).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'message':'Provider exploded','code':502,'type':'server_error'}}|UPSTREAM_ERROR",
                "{'error':{'message':'slow down','code':429}}|RATE_LIMITED",
                "{'error':{'message':'Overloaded','type':'overloaded_error'}}|OVERLOADED",
                "{'code':'Some error','error':'The service is temporarily unavailable'}|OVERLOADED",
                "{'object':'error','message':'boom','type':'InternalServerError','code':500}|UPSTREAM_ERROR",
                "{'choices':[{'message':{'content':'half'},'finish_reason':'error'}]}|UPSTREAM_ERROR",
                "{'choices':[{'message':{'content':'half'},'finish_reason':'insufficient_system_resource'}]}|UPSTREAM_ERROR",
                "{'choices':[{'message':{},'finish_reason':'stop','error':{'code':503,'message':'x'}}]}|OVERLOADED",
            })
    void seesErrorsBehindAGoodStatus(String body, FailureKind kind) {
        assertThat(Samples.failure(Samples.whole(body.replace('\'', '"'))).kind())
                .isEqualTo(kind);
    }

    @Test
    void takesAnErrorThatIsNullForNone() {
        assertThat(read("{\"error\":null,\"choices\":[{\"message\":{},\"error\":null,\"finish_reason\":\"stop\"}]}")
                        .finishReason())
                .contains("stop");
    }

    private static ChatCompletion read(String body) {
        var events = Samples.whole(body);
        assertThat(events).hasSize(1).first().isInstanceOf(ChatCompletion.class);
        return (ChatCompletion) events.get(0);
    }
}
