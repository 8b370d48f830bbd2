package io.patchbay.adapter.ollama;

import static io.patchbay.adapter.ollama.Samples.answer;
import static io.patchbay.adapter.ollama.Samples.completion;
import static io.patchbay.adapter.ollama.Samples.failure;
import static io.patchbay.adapter.ollama.Samples.json;
import static io.patchbay.adapter.ollama.Samples.messages;
import static io.patchbay.adapter.ollama.Samples.request;
import static io.patchbay.adapter.ollama.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeAnswerTest {
    @Test
    void readsTextThoughtsAndCounts() {
        assertThat(completion("{'model':'m','message':{'role':'assistant','content':'b','thinking':'a'},'done':true,"
                        + "'done_reason':'length','logprobs':[{'token':'b'}],'prompt_eval_count':2,'eval_count':3}"))
                .isEqualTo(json("{'choices':[{'index':0,'message':{'role':'assistant','content':'b','reasoning':'a',"
                        + "'reasoning_details':[{'type':'reasoning.text','text':'a','format':'unknown','index':0}]},"
                        + "'finish_reason':'length','logprobs':{'content':[{'token':'b'}]},"
                        + "'native_finish_reason':'length'}],"
                        + "'usage':{'prompt_tokens':2,'completion_tokens':3,'total_tokens':5}}"));
    }

    @Test
    void readsToolCalls() {
        assertThat(completion("{'message':{'content':'','tool_calls':[{'id':'call_x','function':{'name':'f',"
                                + "'arguments':{'a':{'b':[1]}}}},{'function':{'name':'g','arguments':'{}'}}]},'done':true,"
                                + "'done_reason':'stop'}")
                        .get("choices"))
                .isEqualTo(json("[{'index':0,'message':{'role':'assistant','content':null,'tool_calls':["
                        + "{'id':'call_x','type':'function','function':{'name':'f','arguments':'{\\'a\\':{\\'b\\':[1]}}'}},"
                        + "{'id':'call_3_1','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                        + "'finish_reason':'tool_calls','native_finish_reason':'stop'}]"));
    }

    /** What is made up here has to be understood again when it comes back. */
    @Test
    void givesEveryCallOfAConversationAnIdOfItsOwn() {
        var conversation = "{'role':'user','content':'q'}";
        for (int turn = 0; turn < 2; turn++) {
            var answered = (ChatCompletion) answer(
                            request("{'messages':[" + conversation + "]}"),
                            "{'message':{'content':'','thinking':'t','tool_calls':["
                                    + "{'function':{'name':'f','arguments':{'a':1}}},{'function':{'name':'g'}}]},'done':true}")
                    .get(0);
            var message = answered.choices().get(0).object("message").orElseThrow();
            var results = new StringBuilder();
            for (var call : message.objects("tool_calls")) {
                results.append(",{'role':'tool','content':'r','tool_call_id':'")
                        .append(call.string("id").orElseThrow())
                        .append("'}");
            }
            conversation += "," + message + results;
        }

        assertThat(messages("[" + conversation + "]"))
                .isEqualTo(json("[{'role':'user','content':'q'}," + turn("call_1") + "," + turn("call_4") + "]"));
    }

    private static String turn(String id) {
        return ("{'role':'assistant','content':'','thinking':'t','tool_calls':["
                        + "{'id':'ID_0','function':{'index':0,'name':'f','arguments':{'a':1}}},"
                        + "{'id':'ID_1','function':{'index':1,'name':'g','arguments':{}}}]},"
                        + "{'role':'tool','content':'r','tool_name':'f','tool_call_id':'ID_0'},"
                        + "{'role':'tool','content':'r','tool_name':'g','tool_call_id':'ID_1'}")
                .replace("ID", id);
    }

    @Test
    void reportsAnErrorInTheAnswersPlace() {
        assertThat(failure(whole("{'error':'model \\'x\\' not found'}")).kind())
                .isEqualTo(FailureKind.UPSTREAM_MODEL_GONE);
    }

    @Test
    void noticesWhenTheAnswerIsNotComplete() {
        assertThat(failure(whole("{'message':{'content':'a'},'done':false}")).kind())
                .isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(whole()).kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "<html>", "{}", "{'done':true}", "{'message':null,'done':true}", "{'a':"})
    void reportsWhatItCannotRead(String body) {
        assertThat(whole(body)).hasSize(1);
        assertThat(failure(whole(body)).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }
}
