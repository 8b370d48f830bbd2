package io.patchbay.adapter.anthropic;

import static io.patchbay.adapter.anthropic.Samples.USER;
import static io.patchbay.adapter.anthropic.Samples.body;
import static io.patchbay.adapter.anthropic.Samples.chat;
import static io.patchbay.adapter.anthropic.Samples.json;
import static io.patchbay.adapter.anthropic.Samples.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
    private static final String HI = "{'role':'user','content':[{'type':'text','text':'Hi'}]}";

    @Test
    void takesTheFirstSystemMessagesOut() {
        var body = body(chat(
                "{'role':'system','content':'A'},{'role':'developer','content':[{'type':'text','text':'B',"
                        + "'cache_control':{'type':'ephemeral'}}]}," + USER,
                ""));

        assertThat(body.get("system"))
                .hasToString(json("[{'type':'text','text':'A'},"
                        + "{'type':'text','text':'B','cache_control':{'type':'ephemeral'}}]"));
        assertThat(body.get("messages")).hasToString(json("[" + HI + "]"));
    }

    @Test
    void keepsALaterSystemMessageInItsPlace() {
        var chat = chat(USER + ",{'role':'system','content':'S'}", "");

        assertThat(body(chat, "claude-opus-4-8").get("messages"))
                .hasToString(json("[" + HI + ",{'role':'system','content':[{'type':'text','text':'S'}]}]"));
        assertThat(body(chat, "claude-opus-4-7").get("messages"))
                .hasToString(json("[{'role':'user','content':[{'type':'text','text':'Hi'},"
                        + "{'type':'text','text':'<system>\\nS\\n</system>'}]}]"));
    }

    @Test
    void letsTheUserAskWhatOnlyTheSystemSaid() {
        var body = body(chat("{'role':'system','content':'Hi'}", ""));

        assertThat(body.get("messages")).hasToString(json("[" + HI + "]"));
        assertThat(body.has("system")).isFalse();
    }

    @Test
    void mergesMessagesOfOneRole() {
        assertThat(messages(USER + ",{'role':'user','content':'there'}"))
                .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'Hi'},"
                        + "{'type':'text','text':'there'}]}]"));
    }

    @Test
    void leavesBlankTextsOut() {
        assertThat(messages(USER + ",{'role':'assistant','content':''},"
                        + "{'role':'user','content':[{'type':'text','text':' \\n'},{'type':'text','text':'more'}]}"))
                .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'Hi'},"
                        + "{'type':'text','text':'more'}]}]"));
    }

    @Test
    void cutsTheBlanksAtTheEndOfAnAnswerToGoOnWith() {
        assertThat(messages(USER + ",{'role':'assistant','content':'It is \\n'}"))
                .endsWith(json("{'role':'assistant','content':[{'type':'text','text':'It is'}]}]"));
    }

    @Test
    void putsAllResultsFirstIntoTheTurnAfterTheirCalls() {
        var calls = "{'role':'assistant','content':null,'tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'f','arguments':'{\\u0022n\\u0022:12345678901234567890}'}},"
                + "{'id':'c2','type':'function','function':{'name':'g','arguments':''}}]}";

        var written = messages(USER + "," + calls + ",{'role':'tool','tool_call_id':'c1','content':'one'},"
                + "{'role':'user','content':'And?'},{'role':'tool','tool_call_id':'c2','content':[{'type':'text',"
                + "'text':'two','cache_control':{'type':'ephemeral'}}]}");

        assertThat(written)
                .isEqualTo(json("[" + HI + ",{'role':'assistant','content':["
                        + "{'type':'tool_use','id':'c1','name':'f','input':{'n':12345678901234567890}},"
                        + "{'type':'tool_use','id':'c2','name':'g','input':{}}]},{'role':'user','content':["
                        + "{'type':'tool_result','tool_use_id':'c1','content':'one'},"
                        + "{'type':'tool_result','tool_use_id':'c2','cache_control':{'type':'ephemeral'},"
                        + "'content':[{'type':'text','text':'two'}]},{'type':'text','text':'And?'}]}]"));
    }

    @Test
    void saysWhatStandsBesideTheContent() {
        assertThat(messages("{'role':'user','name':'Ann','content':'Hi'},"
                        + "{'role':'assistant','content':null,'refusal':'No.'},{'role':'user','content':'Why?'}"))
                .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'Ann: Hi'}]},"
                        + "{'role':'assistant','content':[{'type':'text','text':'No.'}]},"
                        + "{'role':'user','content':[{'type':'text','text':'Why?'}]}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'content':'Hi','cache_control':{'type':'ephemeral'}",
                "'content':[{'type':'text','text':'Hi'}],'cache_control':{'type':'ephemeral'}",
                "'content':[{'type':'text','text':'Hi','prompt_cache_breakpoint':{'mode':'explicit'}}]",
            })
    void cachesUpToWhereTheClientSays(String members) {
        assertThat(messages("{'role':'user'," + members + "}"))
                .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'Hi',"
                        + "'cache_control':{'type':'ephemeral'}}]}]"));
    }

    @Test
    void keepsCallAndResultTogetherWhateverTheirIdLooksLike() {
        var written = messages(USER + ",{'role':'assistant','tool_calls':[{'id':'functions.f:0','type':'function',"
                + "'function':{'name':'f','arguments':'not json'}}]},"
                + "{'role':'tool','tool_call_id':'functions.f:0','content':'','cache_control':{'type':'ephemeral'}}");

        assertThat(written)
                .contains(json("'id':'functions_f_0','name':'f','input':{'arguments':'not json'}"))
                .contains(json("'tool_use_id':'functions_f_0','cache_control':{'type':'ephemeral'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'tool','tool_call_id':'c','content':'x'}|messages[0].tool_call_id",
                "{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'c'}]}|messages[1].tool_calls[0]",
                "{'role':'assistant','content':'x'}|messages",
                "{'role':'user','content':''}|messages",
                "{'role':'critic','content':''}|messages[0].role",
                "{'role':'user','content':[{'type':'input_audio'}]}|messages[0].content[0]",
                "{'role':'assistant','images':[{'image_url':{'url':'data:'}}]}|messages[0].images",
                "{'role':'assistant','audio':{'id':'a'}}|messages[0].audio",
                "{'role':'system','content':[{'type':'image_url'}]}|messages[0].content[0]",
            })
    void namesTheFieldThatCannotBeSaid(String messages, String field) {
        assertThatThrownBy(() -> messages(messages))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().field()).contains(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'image_url','image_url':{'url':'https://a/b.png','detail':'low'}}"
                        + "|{'type':'image','source':{'type':'url','url':'https://a/b.png'}}",
                "{'type':'image_url','image_url':{'url':'data:image/jpg;base64,AAAA'}}"
                        + "|{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'AAAA'}}",
                "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AAAA'}}"
                        + "|{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAAA'},"
                        + "'title':'a.pdf'}",
                "{'type':'file','file':{'file_data':'https://a/b.pdf'}}"
                        + "|{'type':'document','source':{'type':'url','url':'https://a/b.pdf'}}",
                "{'type':'file','file':{'file_data':'data:text/markdown;charset=utf-8;base64,SMOk'}}"
                        + "|{'type':'document','source':{'type':'text','media_type':'text/plain','data':'Hä'}}",
                "{'type':'file','file':{'file_data':'data:image/png;base64,AAAA'}}"
                        + "|{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}",
            })
    void writesImagesAndDocuments(String part, String block) {
        assertThat(messages("{'role':'user','content':[" + part + "]}"))
                .isEqualTo(json("[{'role':'user','content':[" + block + "]}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'image_url','image_url':{'url':'ftp://a/b'}}",
                "{'type':'image_url','image_url':{'url':'data:image/png,raw'}}",
                "{'type':'file','file':{'file_id':'file-1'}}",
                "{'type':'file','file':{'file_data':'data:application/zip;base64,AAAA'}}",
                "{'type':'file','file':{'file_data':'data:text/plain;base64,A'}}",
                "{'type':'video_url','video_url':{'url':'https://a/b'}}",
            })
    void refusesOtherContent(String part) {
        assertThatThrownBy(() -> messages("{'role':'user','content':[" + part + "]}"))
                .isInstanceOf(FailureException.class);
    }
}
