package io.patchbay.dialect.anthropic;

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

/** Anthropic's requests become canonical ones. */
class MessagesReaderTest {
    @Test
    void readsAConversationWithThoughtsCallsAndResults() {
        var read =
                read("'system':[{'type':'text','text':'Be brief.','cache_control':{'type':'ephemeral'}}],'messages':["
                        + "{'role':'user','content':'Weather?'},"
                        + "{'role':'assistant','content':[{'type':'thinking','thinking':'Hm.','signature':'sig'},"
                        + "{'type':'redacted_thinking','data':'secret'},{'type':'text','text':'Let me see.'},"
                        + "{'type':'tool_use','id':'t1','name':'weather','input':{'city':'Paris'}}]},"
                        + "{'role':'user','content':[{'type':'text','text':'And?'},"
                        + "{'type':'tool_result','tool_use_id':'t1','content':[{'type':'text','text':'sunny'}]}]}]");

        assertThat(read)
                .isEqualTo(json("{'model':'a/b','messages':["
                        + "{'role':'system','content':[{'type':'text','text':'Be brief.',"
                        + "'cache_control':{'type':'ephemeral'}}]},"
                        + "{'role':'user','content':'Weather?'},"
                        + "{'role':'assistant','content':'Let me see.','reasoning_details':["
                        + "{'type':'reasoning.text','text':'Hm.','signature':'sig','format':'anthropic-claude-v1','index':0},"
                        + "{'type':'reasoning.encrypted','data':'secret','format':'anthropic-claude-v1','index':1}],"
                        + "'tool_calls':[{'id':'t1','type':'function','function':"
                        + "{'name':'weather','arguments':'{\\'city\\':\\'Paris\\'}'}}]},"
                        + "{'role':'tool','tool_call_id':'t1','content':'sunny'},"
                        + "{'role':'user','content':'And?'}]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5-20250929, anthropic/claude-sonnet-4-5-20250929 anthropic/claude-sonnet-4.5",
        "claude-sonnet-4-20250514, anthropic/claude-sonnet-4-20250514 anthropic/claude-sonnet-4",
        "claude-opus-4-1, anthropic/claude-opus-4.1",
        "claude-opus-4-0, anthropic/claude-opus-4",
        "claude-3-5-haiku-latest, anthropic/claude-3-5-haiku-latest anthropic/claude-3.5-haiku",
        "claude-sonnet-5, anthropic/claude-sonnet-5",
        "openai/gpt-5, openai/gpt-5",
        "claude-like/model, claude-like/model",
    })
    void claudeNeedsNoAuthor(String named, String looksFor) {
        assertThat(String.join(" ", ClaudeNames.of(named))).isEqualTo(looksFor);
    }

    @Test
    void readsPicturesAndDocuments() {
        var read = read("'messages':[{'role':'user','content':["
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AA=='}},"
                + "{'type':'image','source':{'type':'url','url':'https://a/b.png'}},"
                + "{'type':'document','title':'One','source':{'type':'base64','media_type':'application/pdf','data':'BB=='}},"
                + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'hello'}}]}]");

        assertThat(read.getAsJsonObject()
                        .getAsJsonArray("messages")
                        .get(0)
                        .getAsJsonObject()
                        .get("content"))
                .isEqualTo(
                        json(
                                "[{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}},"
                                        + "{'type':'image_url','image_url':{'url':'https://a/b.png'}},"
                                        + "{'type':'file','file':{'filename':'One','file_data':'data:application/pdf;base64,BB=='}},"
                                        + "{'type':'file','file':{'filename':'document','file_data':'data:text/plain;base64,aGVsbG8='}}]"));
    }

    @Test
    void readsToolsAndTheirChoice() {
        var read = read("'messages':[{'role':'user','content':'Hi'}],'tools':["
                        + "{'name':'weather','description':'How','input_schema':{'type':'object'},"
                        + "'cache_control':{'type':'ephemeral'}},{'type':'web_search_20250305','name':'web_search'}],"
                        + "'tool_choice':{'type':'any','disable_parallel_tool_use':true}")
                .getAsJsonObject();

        assertThat(read.get("tools"))
                .isEqualTo(json("[{'type':'function','function':{'name':'weather','description':'How',"
                        + "'parameters':{'type':'object'}},'cache_control':{'type':'ephemeral'}},"
                        + "{'type':'web_search_20250305','name':'web_search'}]"));
        assertThat(read.get("tool_choice").getAsString()).isEqualTo("required");
        assertThat(read.get("parallel_tool_calls").getAsBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'thinking':{'type':'enabled','budget_tokens':2000}|'reasoning':{'max_tokens':2000}",
                "'thinking':{'type':'adaptive','display':'omitted'}|'reasoning':{'enabled':true,'exclude':true}",
                "'thinking':{'type':'disabled'},'output_config':{'effort':'high'}|'reasoning':{'enabled':false}",
                "'output_config':{'effort':'low'}|'reasoning':{'effort':'low'}",
                "'stop_sequences':['END']|'stop':['END']",
                "'metadata':{'user_id':'u1'}|'user':'u1'",
                "'service_tier':'standard_only'|'service_tier':'default'",
                "'speed':'fast'|'service_tier':'priority'",
                "'fallbacks':[{'model':'c/d'}]|'models':['c/d']",
                "'max_tokens':5,'stream':true,'top_k':3|'max_tokens':5,'stream':true,'top_k':3",
                "'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}|'response_format':"
                        + "{'type':'json_schema','json_schema':{'name':'answer','strict':true,'schema':{'type':'object'}}}",
            },
            quoteCharacter = '"')
    void readsWhatElseIsWished(String said, String canonical) {
        assertThat(read("'messages':[{'role':'user','content':'Hi'}]," + said))
                .isEqualTo(json("{'model':'a/b','messages':[{'role':'user','content':'Hi'}]," + canonical + '}'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'messages':[]|messages",
                "'messages':[{'role':'tool','content':'Hi'}]|messages[0].role",
                "'messages':[{'role':'user','content':7}]|messages[0].content",
                "'messages':[{'role':'user','content':[{'type':'song'}]}]|messages[0].content[0].type",
                "'messages':[{'role':'user','content':[{'type':'tool_result'}]}]|messages[0].content[0].tool_use_id",
                "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'file'}}]}]|"
                        + "messages[0].content[0].source.type",
                "'max_tokens':0,'messages':[{'role':'user','content':'Hi'}]|max_tokens",
                "'thinking':{'type':'deep'},'messages':[{'role':'user','content':'Hi'}]|thinking.type",
                "'tools':[{'input_schema':{}}],'messages':[{'role':'user','content':'Hi'}]|tools[0].name",
                "'tool_choice':{'type':'some'},'messages':[{'role':'user','content':'Hi'}]|tool_choice.type",
                "'mcp_servers':[{}],'messages':[{'role':'user','content':'Hi'}]|mcp_servers",
            },
            quoteCharacter = '"')
    void namesTheFieldThatIsWrong(String said, String field) {
        var failure =
                catchThrowableOfType(FailureException.class, () -> read(said)).failure();

        assertThat(failure.field()).contains(field);
    }

    private static JsonElement read(String members) {
        return MessagesReader.read(text("{'model':'a/b'," + members + '}').getBytes(StandardCharsets.UTF_8))
                .json()
                .toTree();
    }
}
