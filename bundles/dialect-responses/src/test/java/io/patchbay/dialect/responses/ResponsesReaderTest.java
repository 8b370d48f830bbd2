package io.patchbay.dialect.responses;

import static io.patchbay.testkit.Quoted.json;
import static io.patchbay.testkit.Quoted.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import io.patchbay.api.failure.FailureException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for responses become canonical ones. */
class ResponsesReaderTest {
    @Test
    void readsItemsAsMessages() {
        var read = read("'instructions':'Be brief.','input':[{'role':'user','content':'Weather?'},"
                + "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'Hm.'}],"
                + "'encrypted_content':'xyz','format':'openai-responses-v1'},"
                + "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'Let me see.'}]},"
                + "{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},"
                + "{'type':'function_call','call_id':'c2','name':'g','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'c1','output':'sunny'},"
                + "{'type':'function_call_output','call_id':'c2','output':[{'type':'input_text','text':'noon'}]},"
                + "{'role':'assistant','content':'One.'},{'role':'assistant','content':'Two.'}]");

        assertThat(read.getAsJsonObject().get("messages"))
                .isEqualTo(json("[{'role':'system','content':'Be brief.'},{'role':'user','content':'Weather?'},"
                        + "{'role':'assistant','content':'Let me see.','reasoning_details':["
                        + "{'type':'reasoning.summary','summary':'Hm.','format':'openai-responses-v1','id':'rs_1','index':0},"
                        + "{'type':'reasoning.encrypted','data':'xyz','format':'openai-responses-v1','id':'rs_1','index':0}],"
                        + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'c2','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':'sunny'},"
                        + "{'role':'tool','tool_call_id':'c2','content':'noon'},"
                        + "{'role':'assistant','content':'One.'},{'role':'assistant','content':'Two.'}]"));
    }

    @Test
    void readsPicturesFilesAndSound() {
        var read = read("'input':[{'role':'user','content':[{'type':'input_image','image_url':'https://a/b.png',"
                + "'detail':'low'},{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,AA=='},"
                + "{'type':'input_audio','input_audio':{'data':'AA==','format':'mp3'}}]}]");

        assertThat(read.getAsJsonObject()
                        .getAsJsonArray("messages")
                        .get(0)
                        .getAsJsonObject()
                        .get("content"))
                .isEqualTo(json("[{'type':'image_url','image_url':{'url':'https://a/b.png','detail':'low'}},"
                        + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AA=='}},"
                        + "{'type':'input_audio','input_audio':{'data':'AA==','format':'mp3'}}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'max_output_tokens':5|'max_tokens':5",
                "'reasoning':{'effort':'low','summary':'auto'}|'reasoning':{'effort':'low'}",
                "'text':{'verbosity':'low','format':{'type':'json_object'}}|"
                        + "'verbosity':'low','response_format':{'type':'json_object'}",
                "'text':{'format':{'type':'json_schema','name':'x','schema':{},'strict':true}}|'response_format':"
                        + "{'type':'json_schema','json_schema':{'name':'x','schema':{},'strict':true}}",
                "'tools':[{'type':'function','name':'f','parameters':{},'strict':true}]|"
                        + "'tools':[{'type':'function','function':{'name':'f','parameters':{},'strict':true}}]",
                "'tools':[{'type':'web_search','search_context_size':'low'}]|"
                        + "'web_search_options':{'search_context_size':'low'}",
                "'tools':[{'type':'function','name':'f'},{'type':'function','name':'g'}],'tool_choice':"
                        + "{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'g'}]}|"
                        + "'tools':[{'type':'function','function':{'name':'g'}}],'tool_choice':'required'",
                "'include':['message.output_text.logprobs'],'top_logprobs':2|'top_logprobs':2,'logprobs':true",
                "'top_logprobs':2|'messages':[{'role':'user','content':'Hi'}]",
                "'store':true,'service_tier':'flex'|'service_tier':'flex'",
            },
            quoteCharacter = '"')
    void readsWhatElseIsWished(String said, String canonical) {
        var wanted = json("{'model':'a/b','messages':[{'role':'user','content':'Hi'}]," + canonical + '}');

        assertThat(read("'input':'Hi'," + said)).isEqualTo(wanted);
    }

    @Test
    void aCustomToolIsAFunctionWithOneText() {
        var tool = read("'input':'Hi','tools':[{'type':'custom','name':'shell','format':"
                        + "{'type':'grammar','syntax':'lark','definition':'start: /x/'}}]")
                .getAsJsonObject()
                .getAsJsonArray("tools")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("function");

        assertThat(tool.get("name").getAsString()).isEqualTo("shell");
        assertThat(tool.getAsJsonObject("parameters").get("required")).isEqualTo(json("['input']"));
        assertThat(tool.toString()).contains("start: /x/");
        assertThat(CustomTools.input(CustomTools.arguments("ls -l"))).isEqualTo("ls -l");
        assertThat(CustomTools.input("{broken")).isEqualTo("{broken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'input':[]|input",
                "'input':'Hi','previous_response_id':'r'|previous_response_id",
                "'input':'Hi','conversation':'c'|conversation",
                "'input':'Hi','background':true|background",
                "'input':[{'type':'item_reference','id':'x'}]|input[0].type",
                "'input':[{'type':'song'}]|input[0].type",
                "'input':[{'role':'tool','content':'x'}]|input[0].role",
                "'input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}]|input[0].content[0].image_url",
                "'input':[{'type':'function_call','name':'f'}]|input[0].call_id",
                "'input':'Hi','tools':[{'type':'file_search'}]|tools[0].type",
                "'input':'Hi','text':{'format':{'type':'xml'}}|text.format.type",
                "'input':'Hi','temperature':9|temperature",
            },
            quoteCharacter = '"')
    void namesTheFieldThatIsWrong(String said, String field) {
        var failure =
                catchThrowableOfType(FailureException.class, () -> read(said)).failure();

        assertThat(failure.field()).contains(field);
    }

    private static JsonElement read(String members) {
        return ResponsesReader.read(text("{'model':'a/b'," + members + '}').getBytes(StandardCharsets.UTF_8))
                .request()
                .json()
                .toTree();
    }
}
