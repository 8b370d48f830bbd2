package io.patchbay.adapter.bedrock;

import static io.patchbay.adapter.bedrock.Samples.HAIKU_3;
import static io.patchbay.adapter.bedrock.Samples.NOVA;
import static io.patchbay.adapter.bedrock.Samples.SONNET_3_7;
import static io.patchbay.adapter.bedrock.Samples.SONNET_4_5;
import static io.patchbay.adapter.bedrock.Samples.asking;
import static io.patchbay.adapter.bedrock.Samples.body;
import static io.patchbay.adapter.bedrock.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsTest {
    private static final String TOOL = "'tools':[{'type':'function','function':{'name':'f','description':'does it',"
            + "'strict':true,'parameters':{'type':'object','properties':{'z':{},'a':{}}}}}]";
    private static final String PLAIN = "'tools':[{'type':'function','function':{'name':'f','description':' '}}]";
    private static final String SPEC = "{'toolSpec':{'name':'f','inputSchema':{'json':{'type':'object'}}}}";
    private static final String HISTORY = "'messages':[{'role':'user','content':'hi'},{'role':'assistant','tool_calls':"
            + "[{'id':'a','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'a','content':'1'}]";
    private static final String SCHEMA = "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
            + "{'type':'object','properties':{'x':{}}}}}";
    private static final String ANSWER = "{'toolSpec':{'name':'patchbay_answer','inputSchema':{'json':{'type':'object',"
            + "'properties':{'x':{}}}},'description':'Gives the final answer.'}}";

    @Test
    void describesTools() {
        assertThat(asking(NOVA, TOOL).get("toolConfig"))
                .isEqualTo(json("{'tools':[{'toolSpec':{'name':'f','inputSchema':{'json':{'type':'object',"
                        + "'properties':{'z':{},'a':{}}}},'description':'does it'}}]}"));
        assertThat(asking(SONNET_4_5, TOOL).toString()).contains("\"strict\":true");
        assertThat(asking(NOVA, PLAIN).get("toolConfig")).isEqualTo(json("{'tools':[" + SPEC + "]}"));
    }

    @Test
    void keepsTheOrderOfASchemaForTheSakeOfTheCache() {
        assertThat(asking(NOVA, TOOL).toString()).contains("{\"z\":{},\"a\":{}}");
    }

    @Test
    void putsACachePointBehindATool() {
        var cached = PLAIN.replace("}}]", "},'cache_control':{'type':'ephemeral'}}]");

        assertThat(asking(SONNET_3_7, cached).get("toolConfig"))
                .isEqualTo(json("{'tools':[" + SPEC + ",{'cachePoint':{'type':'default'}}]}"));
        assertThat(asking(NOVA, cached).get("toolConfig")).isEqualTo(json("{'tools':[" + SPEC + "]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"required\"|{'any':{}}",
                "{'type':'function','function':{'name':'f'}}|{'tool':{'name':'f'}}",
            })
    void saysWhichToolsMustBeCalled(String choice, String said) {
        assertThat(asking(NOVA, PLAIN + ",'tool_choice':" + choice)
                        .getAsJsonObject("toolConfig")
                        .get("toolChoice"))
                .isEqualTo(json(said));
    }

    @Test
    void leavesUnsaidWhatModelsDoAnyway() {
        assertThat(asking(NOVA, PLAIN + ",'tool_choice':'auto','parallel_tool_calls':true")
                        .get("toolConfig"))
                .isEqualTo(json("{'tools':[" + SPEC + "]}"));
    }

    @Test
    void keepsNewerClaudesFromCallingSeveralToolsAtOnce() {
        var body = asking(SONNET_4_5, PLAIN + ",'tool_choice':'required','parallel_tool_calls':false");

        assertThat(body.get("additionalModelRequestFields"))
                .isEqualTo(json("{'tool_choice':{'type':'any','disable_parallel_tool_use':true}}"));
        assertThat(body.getAsJsonObject("toolConfig").has("toolChoice")).isFalse();
    }

    @Test
    void doesNotLetAClaudeThinkThatMustCallATool() {
        assertThat(asking(SONNET_3_7, PLAIN + ",'tool_choice':'required','reasoning':{'effort':'high'}")
                        .has("additionalModelRequestFields"))
                .isFalse();
    }

    @Test
    void hidesToolsThatMayNotBeCalled() {
        assertThat(asking(NOVA, PLAIN + ",'tool_choice':'none'").has("toolConfig"))
                .isFalse();
    }

    @Test
    void namesToolsThatWereCalledThoughNoneMayBeCalledAnyMore() {
        var none = body(NOVA, "{" + HISTORY + "," + PLAIN + ",'tool_choice':'none'}");
        var unknown = body(NOVA, "{" + HISTORY + "}");

        assertThat(none.get("toolConfig")).isEqualTo(json("{'tools':[" + SPEC + "]}"));
        assertThat(unknown.get("toolConfig")).isEqualTo(json("{'tools':[" + SPEC + "]}"));
        assertThat(none.get("system").toString()).contains("Do not call any tool");
    }

    @Test
    void makesOlderModelsAnswerByATool() {
        assertThat(asking(HAIKU_3, SCHEMA).get("toolConfig"))
                .isEqualTo(json("{'tools':[" + ANSWER + "],'toolChoice':{'any':{}}}"));
        assertThat(asking(HAIKU_3, SCHEMA).has("outputConfig")).isFalse();
    }

    @Test
    void letsOlderModelsCallOtherToolsBeforeTheyAnswer() {
        assertThat(asking(HAIKU_3, SCHEMA + "," + PLAIN).get("toolConfig"))
                .isEqualTo(json("{'tools':[" + SPEC + "," + ANSWER + "],'toolChoice':{'any':{}}}"));
        assertThat(asking(HAIKU_3, SCHEMA + "," + PLAIN + ",'tool_choice':'required'")
                        .get("toolConfig"))
                .isEqualTo(json("{'tools':[" + SPEC + "],'toolChoice':{'any':{}}}"));
        assertThat(body(HAIKU_3, "{" + HISTORY + "," + SCHEMA + "}").get("toolConfig"))
                .isEqualTo(json(
                        "{'tools':[" + SPEC + "," + ANSWER + "],'toolChoice':{'tool':{'name':'patchbay_answer'}}}"));
    }
}
