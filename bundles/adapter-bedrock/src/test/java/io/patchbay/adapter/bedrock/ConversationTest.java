package io.patchbay.adapter.bedrock;

import static io.patchbay.adapter.bedrock.Samples.GPT_OSS;
import static io.patchbay.adapter.bedrock.Samples.LLAMA;
import static io.patchbay.adapter.bedrock.Samples.MISTRAL;
import static io.patchbay.adapter.bedrock.Samples.NOVA;
import static io.patchbay.adapter.bedrock.Samples.SONNET_3_7;
import static io.patchbay.adapter.bedrock.Samples.SONNET_4_5;
import static io.patchbay.adapter.bedrock.Samples.body;
import static io.patchbay.adapter.bedrock.Samples.json;
import static io.patchbay.adapter.bedrock.Samples.messages;
import static io.patchbay.adapter.bedrock.Samples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
    private static final String USER = "{'role':'user','content':'hi'}";
    private static final String CALLS = "{'role':'assistant','content':'','tool_calls':["
            + "{'id':'a','type':'function','function':{'name':'f','arguments':'{\\'x\\':1.0,\\'y\\':12345678901234567890}'}},"
            + "{'id':'b','type':'function','function':{'name':'g','arguments':''}}]}";

    @Test
    void setsWhatComesFirstFromTheSystemApart() {
        var body = body(
                NOVA,
                "{'messages':[{'role':'system','content':'one'},{'role':'developer','content':[{'type':'text','text':"
                        + "'two','cache_control':{'type':'ephemeral'}}]}," + USER
                        + ",{'role':'system','content':'later'}]}");

        assertThat(body.get("system"))
                .isEqualTo(json("[{'text':'one'},{'text':'two'},{'cachePoint':{'type':'default'}}]"));
        assertThat(body.get("messages"))
                .isEqualTo(json("[{'role':'user','content':[{'text':'hi'},{'text':'<system>\\nlater\\n</system>'}]}]"));
    }

    @Test
    void mergesMessagesOfOneRoleAndLeavesOutBlankTexts() {
        assertThat(messages(
                        NOVA,
                        "[" + USER
                                + ",{'role':'user','content':' '},{'role':'user','content':[{'type':'text','text':'b'}]},"
                                + "{'role':'assistant','content':'c'},{'role':'assistant','content':'d \\n'}]"))
                .isEqualTo(json("[{'role':'user','content':[{'text':'hi'},{'text':'b'}]},"
                                + "{'role':'assistant','content':[{'text':'c'},{'text':'d'}]}]")
                        .toString());
    }

    @Test
    void asksAsTheUserWhereOnlyTheSystemSpeaks() {
        var body = body(NOVA, "{'messages':[{'role':'system','content':'one'}]}");

        assertThat(body).isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'one'}]}]}"));
    }

    @Test
    void putsAllResultsOfToolsFirstIntoTheNextTurn() {
        assertThat(messages(
                        NOVA,
                        "[" + USER + "," + CALLS + ",{'role':'tool','tool_call_id':'b','content':'2'},"
                                + "{'role':'user','content':'and'},{'role':'tool','tool_call_id':'a','content':''}]"))
                .isEqualTo(json("[{'role':'user','content':[{'text':'hi'}]},{'role':'assistant','content':["
                                + "{'toolUse':{'toolUseId':'a','name':'f','input':{'x':1.0,'y':12345678901234567890}}},"
                                + "{'toolUse':{'toolUseId':'b','name':'g','input':{}}}]},{'role':'user','content':["
                                + "{'toolResult':{'toolUseId':'b','content':[{'text':'2'}]}},"
                                + "{'toolResult':{'toolUseId':'a','content':[{'text':'(no output)'}]}},{'text':'and'}]}]")
                        .toString());
    }

    @Test
    void keepsArgumentsThatAreNoObject() {
        assertThat(
                        messages(
                                NOVA,
                                "[" + USER + ",{'role':'assistant','tool_calls':[{'id':'a','function':"
                                        + "{'name':'f','arguments':'{oops'}}]},{'role':'tool','tool_call_id':'a','content':'1'}]"))
                .contains("\"input\":{\"arguments\":\"{oops\"}");
    }

    @Test
    void givesForeignIdsTheFormThatTheModelTakes() {
        var conversation =
                "[" + USER + ",{'role':'assistant','tool_calls':[{'id':'call|1 é','function':{'name':'f'}}]},"
                        + "{'role':'tool','tool_call_id':'call|1 é','content':'1'}]";

        var plain = json(messages(NOVA, conversation).replace('"', '\'')).getAsJsonArray();
        var mistral = messages(MISTRAL, conversation.replace("call|1 é", "tooluse_abc"));

        var id = plain.get(1).getAsJsonObject().getAsJsonArray("content").get(0).getAsJsonObject();
        assertThat(id.getAsJsonObject("toolUse").get("toolUseId").getAsString()).matches("[a-z0-9]{32}");
        assertThat(plain.get(2).toString())
                .contains(id.getAsJsonObject("toolUse").get("toolUseId").toString());
        assertThat(mistral).containsPattern("\"toolUseId\":\"[a-z0-9]{9}\"").doesNotContain("tooluse_abc");
    }

    @Test
    void readsImagesFilesVideosAndAudio() {
        assertThat(messages(
                        NOVA,
                        "[{'role':'user','content':["
                                + "{'type':'image_url','image_url':{'url':'data:image/jpg;base64,QUJD'}},"
                                + "{'type':'image_url','image_url':'s3://bucket/a.PNG'},"
                                + "{'type':'file','file':{'filename':'q1_report.v2.pdf','file_data':'data:application/pdf;base64,RA=='}},"
                                + "{'type':'file','file':{'filename':'q1/report.v2!.pdf','file_data':'data:text/plain;base64,RA=='}},"
                                + "{'type':'file','file':{'file_data':'data:image/webp;base64,RA=='}},"
                                + "{'type':'video_url','video_url':{'url':'data:video/quicktime;base64,Vg=='}},"
                                + "{'type':'input_audio','input_audio':{'data':'QQ==','format':'mp3'}}]}]"))
                .isEqualTo(json("[{'role':'user','content':["
                                + "{'image':{'format':'jpeg','source':{'bytes':'QUJD'}}},"
                                + "{'image':{'format':'png','source':{'s3Location':{'uri':'s3://bucket/a.PNG'}}}},"
                                + "{'document':{'format':'pdf','name':'q1 report v2','source':{'bytes':'RA=='}}},"
                                + "{'document':{'format':'txt','name':'q1 report v2 2','source':{'bytes':'RA=='}}},"
                                + "{'image':{'format':'webp','source':{'bytes':'RA=='}}},"
                                + "{'video':{'format':'mov','source':{'bytes':'Vg=='}}},"
                                + "{'audio':{'format':'mp3','source':{'bytes':'QQ=='}}},"
                                + "{'text':'See the document.'}]}]")
                        .toString());
    }

    @Test
    void readsWhatToolsReturnBesideText() {
        assertThat(messages(
                        NOVA,
                        "[" + USER + ",{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f'}}]},"
                                + "{'role':'tool','tool_call_id':'a','content':[{'type':'image_url','image_url':"
                                + "{'url':'data:image/png;base64,QQ=='},'cache_control':{'type':'ephemeral'}}]}]"))
                .endsWith("{\"toolResult\":{\"toolUseId\":\"a\",\"content\":[{\"image\":{\"format\":\"png\","
                        + "\"source\":{\"bytes\":\"QQ==\"}}}]}},{\"cachePoint\":{\"type\":\"default\"}}]}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                SONNET_4_5 + "|{'ttl':'1h'}|,{'cachePoint':{'type':'default','ttl':'1h'}}",
                SONNET_3_7 + "|{'ttl':'1h'}|,{'cachePoint':{'type':'default'}}",
                LLAMA + "|{'ttl':'1h'}|''",
            })
    void putsACachePointBehindWhatCanBeCached(String model, String control, String point) {
        assertThat(messages(
                        model,
                        "[{'role':'user','content':[{'type':'text','text':'a','cache_control':" + control
                                + "},{'type':'text','text':'b'}]}]"))
                .isEqualTo(("[{'role':'user','content':[{'text':'a'}" + point + ",{'text':'b'}]}]").replace('\'', '"'));
    }

    @Test
    void saysWhatStandsBesideTheContent() {
        assertThat(messages(
                        SONNET_4_5,
                        "[{'role':'user','name':'Ann','content':'Hi','cache_control':{'type':'ephemeral'}},"
                                + "{'role':'assistant','content':null,'refusal':'No.'},{'role':'user','content':["
                                + "{'type':'text','text':'Why?','prompt_cache_breakpoint':{'mode':'explicit'}}]}]"))
                .isEqualTo(json("[{'role':'user','content':[{'text':'Ann: Hi'},{'cachePoint':{'type':'default'}}]},"
                                + "{'role':'assistant','content':[{'text':'No.'}]},"
                                + "{'role':'user','content':[{'text':'Why?'},{'cachePoint':{'type':'default'}}]}]")
                        .toString());
    }

    @Test
    void cachesTheWholeConversationIfAsked() {
        assertThat(body(SONNET_4_5, "{'cache_control':{'type':'ephemeral'},'messages':[" + USER + "]}")
                        .get("messages"))
                .isEqualTo(json("[{'role':'user','content':[{'text':'hi'},{'cachePoint':{'type':'default'}}]}]"));
    }

    @Test
    void sendsThoughtsBackUnharmedAndInOrder() {
        var thoughtful = "[" + USER + ",{'role':'assistant','content':'8','reasoning_details':["
                + "{'type':'reasoning.text','text':'a','format':'anthropic-claude-v1','index':0},"
                + "{'type':'reasoning.text','text':' b','format':'anthropic-claude-v1','index':0},"
                + "{'type':'reasoning.text','signature':'S1==','format':'anthropic-claude-v1','index':0},"
                + "{'type':'reasoning.encrypted','data':'RRRR','format':'anthropic-claude-v1','index':1},"
                + "{'type':'reasoning.text','text':'','signature':'S2==','index':2},"
                + "{'type':'reasoning.text','text':'unsigned','index':3},"
                + "{'type':'reasoning.encrypted','data':'XX','format':'openai-responses-v1','index':4}],"
                + "'tool_calls':[{'id':'a','function':{'name':'f'}}]},{'role':'tool','tool_call_id':'a','content':'1'}]";

        assertThat(messages(SONNET_3_7, thoughtful))
                .contains(("'content':[{'reasoningContent':{'reasoningText':{'text':'a b','signature':'S1=='}}},"
                                + "{'reasoningContent':{'redactedContent':'RRRR'}},"
                                + "{'reasoningContent':{'reasoningText':{'text':'','signature':'S2=='}}},"
                                + "{'text':'8'},{'toolUse':")
                        .replace('\'', '"'));
        assertThat(messages(GPT_OSS, thoughtful)).doesNotContain("reasoningContent");
        assertThat(messages(NOVA, thoughtful)).doesNotContain("reasoningContent");
    }

    @Test
    void doesNotLetAClaudeThinkThatCalledToolsWithoutThinking() {
        var waiting = "'messages':[" + USER + "," + CALLS + ",{'role':'tool','tool_call_id':'a','content':'1'},"
                + "{'role':'tool','tool_call_id':'b','content':'2'}]";

        assertThat(body(SONNET_3_7, "{" + waiting + ",'reasoning':{'effort':'high'}}")
                        .has("additionalModelRequestFields"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|messages",
                "[{'role':'assistant','content':'a'}]|messages",
                "[{'role':'critic','content':'a'}]|messages[0].role",
                "[{'role':'assistant','images':[{'image_url':{'url':'data:'}}]}]|messages[0].images",
                "[{'role':'user','content':[{'type':'input_audio','input_audio':{'format':'mp3'}}]}]"
                        + "|messages[0].content[0].input_audio.data",
                "[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://example.org/a.png'}}]}]"
                        + "|messages[0].content[0].image_url.url",
                "[{'role':'user','content':[{'type':'file','file':{'file_data':'data:application/zip;base64,AA=='}}]}]"
                        + "|messages[0].content[0].file.file_data",
                "[{'role':'user','content':[{'type':'hologram'}]}]|messages[0].content[0].type",
                "[{'role':'system','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]}]"
                        + "|messages[0].content[0]",
                "[{'role':'user','content':'a'},{'role':'tool','tool_call_id':'x','content':'1'}]"
                        + "|messages[1].tool_call_id",
                "[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f'}}]},"
                        + "{'role':'user','content':'b'}]|messages[1].tool_calls[0]",
            })
    void refusesWhatBedrockCannotBeTold(String messages, String field) {
        assertThat(refusal(NOVA, "{'messages':" + messages + "}").field()).contains(field);
    }
}
