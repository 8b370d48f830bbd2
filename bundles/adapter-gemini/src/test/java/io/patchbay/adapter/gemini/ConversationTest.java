package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.USER;
import static io.patchbay.adapter.gemini.Samples.body;
import static io.patchbay.adapter.gemini.Samples.chat;
import static io.patchbay.adapter.gemini.Samples.contents;
import static io.patchbay.adapter.gemini.Samples.json;
import static io.patchbay.adapter.gemini.Samples.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
    private static final String ASSISTANT = "{'role':'assistant','content':'Ho'}";

    @Test
    void gathersAllThatTheSystemSaysFirst() {
        var body = body(chat(
                "{'role':'system','content':'A'},{'role':'developer','content':[{'type':'text','text':'B'}]}," + USER,
                ""));

        assertThat(body.get("systemInstruction")).hasToString(json("{'parts':[{'text':'A'},{'text':'B'}]}"));
        assertThat(body.getAsJsonArray("contents")).hasSize(1);
    }

    @Test
    void keepsThePlaceOfALaterSystemMessage() {
        assertThat(contents(
                        USER + "," + ASSISTANT + ",{'role':'system','content':'Now'},{'role':'user','content':'?'}"))
                .endsWith(json("{'role':'user','parts':[{'text':'<system>\\nNow\\n</system>'},{'text':'?'}]}]"));
    }

    @Test
    void letsTheUserSayWhatNobodyElseCan() {
        assertThat(contents("{'role':'system','content':'A'}"))
                .isEqualTo(json("[{'role':'user','parts':[{'text':'A'}]}]"));
        var gemma = body(chat("{'role':'system','content':'A'}," + USER, ""), "gemma-3-27b-it");
        assertThat(gemma.has("systemInstruction")).isFalse();
        assertThat(gemma.get("contents")).hasToString(json("[{'role':'user','parts':[{'text':'A'},{'text':'Hi'}]}]"));
    }

    @Test
    void makesOneTurnOfMessagesInARow() {
        assertThat(contents(USER + "," + USER + "," + ASSISTANT + "," + ASSISTANT + "," + USER))
                .isEqualTo(json("[{'role':'user','parts':[{'text':'Hi'},{'text':'Hi'}]},"
                        + "{'role':'model','parts':[{'text':'Ho'},{'text':'Ho'}]},"
                        + "{'role':'user','parts':[{'text':'Hi'}]}]"));
    }

    @Test
    void leavesOutWhatSaysNothing() {
        assertThat(contents(USER
                        + ",{'role':'assistant','content':null},{'role':'user','content':[{'type':'text','text':''}]},"
                        + "{'role':'assistant','content':''}"))
                .isEqualTo(json("[{'role':'user','parts':[{'text':'Hi'}]}]"));
    }

    @Test
    void answersCallsInTheirOrderAndByTheirNames() {
        var calls = "{'role':'assistant','content':'Let me see.','tool_calls':["
                + call("a1b2c3d4", "f", "{\\u0022x\\u0022:1.0}") + "," + call("e5f6g7h8", "g", "") + "]}";
        var results = "{'role':'tool','tool_call_id':'e5f6g7h8','content':'plain'},"
                + "{'role':'tool','tool_call_id':'a1b2c3d4','content':'{\\u0022ok\\u0022:true}'}";

        assertThat(contents(USER + "," + calls + "," + results + "," + USER))
                .isEqualTo(json("[{'role':'user','parts':[{'text':'Hi'}]},"
                        + "{'role':'model','parts':[{'text':'Let me see.'},"
                        + "{'functionCall':{'name':'f','args':{'x':1.0},'id':'a1b2c3d4'}},"
                        + "{'functionCall':{'name':'g','args':{},'id':'e5f6g7h8'}}]},"
                        + "{'role':'user','parts':["
                        + "{'functionResponse':{'name':'f','id':'a1b2c3d4','response':{'ok':true}}},"
                        + "{'functionResponse':{'name':'g','id':'e5f6g7h8','response':{'output':'plain'}}},"
                        + "{'text':'Hi'}]}]"));
    }

    @ParameterizedTest
    @CsvSource({"call_gemini_abc_0", "call_1"})
    void keepsIdsToItselfThatGeminiDidNotGive(String id) {
        assertThat(contents(USER + ",{'role':'assistant','tool_calls':[" + call(id, "f", "{}")
                        + "]},{'role':'tool','tool_call_id':'" + id + "','content':'1'}"))
                .endsWith(json("{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}}]},"
                        + "{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'output':'1'}}}]}]"));
    }

    @Test
    void sendsVertexNoIds() {
        var messages = USER + ",{'role':'assistant','tool_calls':[" + call("a1b2c3d4", "f", "{}")
                + "]},{'role':'tool','tool_call_id':'a1b2c3d4','content':'1'}";

        assertThat(body(chat(messages, ""), vertex("gemini-2.5-pro")).toString())
                .doesNotContain("a1b2c3d4");
    }

    @Test
    void keepsASecondRoundOfCallsApart() {
        var round = ",{'role':'assistant','tool_calls':[" + call("call_1", "f", "{}")
                + "]},{'role':'tool','tool_call_id':'call_1','content':'1'}";

        assertThat(body(chat(USER + round + round, "")).getAsJsonArray("contents"))
                .hasSize(5);
    }

    @Test
    void neverShowsGoogleAReferenceInAResult() {
        assertThat(
                        contents(
                                USER + ",{'role':'assistant','tool_calls':[" + call("call_1", "f", "{}")
                                        + "]},{'role':'tool','tool_call_id':'call_1','content':'{\\u0022$ref\\u0022:\\u0022#/a\\u0022}'}"))
                .contains("\"response\":{\"output\":\"{\\\"$ref\\\":\\\"#/a\\\"}\"}");
    }

    @Test
    void putsAnImageIntoTheResultWhereTheModelLetsIt() {
        var messages = USER + ",{'role':'assistant','tool_calls':[" + call("call_1", "f", "{}")
                + "]},{'role':'tool','tool_call_id':'call_1','content':[{'type':'text','text':'x'},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]}";
        var image = "{'inlineData':{'mimeType':'image/png','data':'AA=='}}";

        assertThat(contents(messages))
                .endsWith(json("[{'functionResponse':{'name':'f','response':{'output':'x'}}}," + image + "]}]"));
        assertThat(body(chat(messages, ""), "gemini-3-flash-preview")
                        .get("contents")
                        .toString())
                .endsWith(json(
                        "[{'functionResponse':{'name':'f','response':{'output':'x'},'parts':[" + image + "]}}]}]"));
    }

    @Test
    void saysWhatStandsBesideTheContent() {
        assertThat(contents("{'role':'user','name':'Ann','content':'Hi'},"
                        + "{'role':'assistant','content':null,'refusal':'No.'},{'role':'user','content':'Why?'}"))
                .isEqualTo(json("[{'role':'user','parts':[{'text':'Ann: Hi'}]},"
                        + "{'role':'model','parts':[{'text':'No.'}]},{'role':'user','parts':[{'text':'Why?'}]}]"));
    }

    @Test
    void keepsAnImageThatTheModelMade() {
        assertThat(contents(USER + ",{'role':'assistant','content':[{'type':'text','text':'Look:'},"
                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]}"))
                .endsWith(json("{'role':'model','parts':[{'text':'Look:'},"
                        + "{'inlineData':{'mimeType':'image/png','data':'AA=='}}]}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'tool','tool_call_id':'c','content':'x'}|messages[1].tool_call_id",
                "{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f'}}]}|messages[1].tool_calls[0]",
                "{'role':'assistant','tool_calls':[{'id':'c'},{'id':'c'}]}|messages[1].tool_calls[1].id",
                "{'role':'nobody','content':'x'}|messages[1].role",
                "{'role':'assistant','audio':{'id':'a'}}|messages[1].audio",
                "{'role':'system','content':[{'type':'image_url','image_url':{'url':'data:,'}}]}|messages[1].content[0]",
            })
    void refusesAConversationThatGeminiWouldRefuse(String message, String field) {
        assertThatThrownBy(() -> contents(USER + "," + message))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().field()).contains(field));
    }

    @Test
    void wantsSomethingToBeSaid() {
        assertThatThrownBy(() -> contents("{'role':'user','content':''}")).hasMessageContaining("something");
    }

    private static String call(String id, String name, String arguments) {
        return "{'id':'" + id + "','type':'function','function':{'name':'" + name + "','arguments':'" + arguments
                + "'}}";
    }
}
