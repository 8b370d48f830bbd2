package io.patchbay.adapter.ollama;

import static io.patchbay.adapter.ollama.Samples.json;
import static io.patchbay.adapter.ollama.Samples.messages;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessagesTest {
    @Test
    void keepsTheOrderOfTheConversation() {
        assertThat(messages("[{'role':'developer','content':'a'},{'role':'system','content':'b'},"
                        + "{'role':'user','name':'n','content':'c'},{'role':'user','content':'d'},"
                        + "{'role':'assistant','content':null}]"))
                .isEqualTo(json("[{'role':'system','content':'a'},{'role':'system','content':'b'},"
                        + "{'role':'user','content':'n: c'},{'role':'user','content':'d'},"
                        + "{'role':'assistant','content':''}]"));
    }

    @Test
    void saysARefusalInWords() {
        assertThat(messages("[{'role':'assistant','content':null,'refusal':'No.'}]"))
                .isEqualTo(json("[{'role':'assistant','content':'No.'}]"));
    }

    @Test
    void makesOneTextOfMany() {
        assertThat(messages("[{'role':'user','content':[{'type':'text','text':'a','cache_control':{}},"
                        + "{'type':'text','text':'b'}]},{'role':'assistant','content':[{'type':'refusal','refusal':'c'}]},"
                        + "{'role':'user','content':[]}]"))
                .isEqualTo(json("[{'role':'user','content':'a\\nb'},{'role':'assistant','content':'c'},"
                        + "{'role':'user','content':''}]"));
    }

    @Test
    void putsImagesBesideTheText() {
        assertThat(
                        messages(
                                "[{'role':'user','content':["
                                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,aGk=','detail':'low'}},"
                                        + "{'type':'text','text':'what?'},{'type':'image_url','image_url':'DATA:image/png;BASE64,aG8='}]}]"))
                .isEqualTo(json("[{'role':'user','content':'what?','images':['aGk=','aG8=']}]"));
    }

    @Test
    void namesTheToolOfEachResult() {
        assertThat(messages("[{'role':'assistant','content':null,'tool_calls':["
                        + "{'id':'x','type':'function','function':{'name':'f','arguments':''}},"
                        + "{'id':'y','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'y','content':'1'},"
                        + "{'role':'tool','tool_call_id':'x','content':[{'type':'text','text':'2'}]},"
                        + "{'role':'tool','tool_call_id':'z','name':'h','content':'3'},"
                        + "{'role':'tool','content':'4'}]"))
                .isEqualTo(json("[{'role':'assistant','content':'','tool_calls':["
                        + "{'id':'x','function':{'index':0,'name':'f','arguments':{}}},"
                        + "{'id':'y','function':{'index':1,'name':'g','arguments':{}}}]},"
                        + "{'role':'tool','content':'1','tool_name':'g','tool_call_id':'y'},"
                        + "{'role':'tool','content':'2','tool_name':'f','tool_call_id':'x'},"
                        + "{'role':'tool','content':'3','tool_name':'h','tool_call_id':'z'},"
                        + "{'role':'tool','content':'4'}]"));
    }

    @Test
    void leavesNumbersInArgumentsAsTheyAre() {
        var sent = messages("[{'role':'assistant','tool_calls':[{'id':'x','function':{'name':'f',"
                + "'arguments':'{\\'a\\':12345678901234567890,\\'b\\':1.0,\\'c\\':1e2}'}}]}]");

        assertThat(sent.toString()).contains("{\"a\":12345678901234567890,\"b\":1.0,\"c\":1e2}");
    }

    @Test
    void sendsThoughtsBack() {
        assertThat(messages("[{'role':'assistant','content':'x','reasoning':'ab','reasoning_details':["
                        + "{'type':'reasoning.text','text':'a','index':0},{'type':'reasoning.encrypted','data':'z'},"
                        + "{'type':'reasoning.text','text':'b','signature':'s','index':0}]},"
                        + "{'role':'assistant','content':'y','reasoning':'c'},"
                        + "{'role':'assistant','content':'y','reasoning_content':'d'},"
                        + "{'role':'assistant','content':'z','reasoning':null,'reasoning_details':[]}]"))
                .isEqualTo(json("[{'role':'assistant','content':'x','thinking':'ab'},"
                        + "{'role':'assistant','content':'y','thinking':'c'},"
                        + "{'role':'assistant','content':'y','thinking':'d'},{'role':'assistant','content':'z'}]"));
    }
}
