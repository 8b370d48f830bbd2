package io.patchbay.adapter.openai;

import static io.patchbay.adapter.openai.Samples.chunks;
import static io.patchbay.adapter.openai.Samples.finish;
import static io.patchbay.adapter.openai.Samples.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.chat.ChatCompletion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a chat can hold in OpenAI's format, reaches the other side as it was written. */
class PassThroughTest {
    @Test
    void aRequestWithEverythingInIt() {
        var request = ("{'model':'a/b','messages':["
                        + "{'role':'system','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}}]},"
                        + "{'role':'developer','content':'b'},"
                        + "{'role':'user','name':'Ann','content':[{'type':'text','text':'c'},"
                        + "{'type':'image_url','image_url':{'url':'https://a.example/b.png','detail':'low'}},"
                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}},"
                        + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,QUJD'}},"
                        + "{'type':'input_audio','input_audio':{'data':'QUJD','format':'wav'}},"
                        + "{'type':'video_url','video_url':{'url':'https://a.example/b.mp4'}}]},"
                        + "{'role':'assistant','content':null,'refusal':'d','annotations':[{'type':'url_citation'}],"
                        + "'reasoning':'e','reasoning_details':[{'type':'reasoning.text','text':'e','signature':'s'},"
                        + "{'type':'reasoning.encrypted','data':'x','format':'google-gemini-v1','id':'c1'}],"
                        + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{ }'}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'g'}]}],"
                        + "'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':{'type':'object'}}}],"
                        + "'tool_choice':{'type':'function','function':{'name':'f'}},'parallel_tool_calls':false,"
                        + "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{}}},'stop':['x'],"
                        + "'seed':1,'n':2,'temperature':1.0,'presence_penalty':-0.5,'logit_bias':{'1':2},'logprobs':true,"
                        + "'top_logprobs':2,'reasoning_effort':'low','modalities':['text','audio'],'prediction':{}}")
                .replace('\'', '"');

        var sent = Samples.ADAPTER.encode(Samples.request(request), Samples.endpoint(Map.of()), Credential.none());

        assertThat(new String(sent.body(), UTF_8)).isEqualTo(request.replace("a/b", "gpt-x-2026"));
        assertThat(sent.dropped()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'delta':{'refusal':'No'}",
                "'delta':{'content':'a'},'logprobs':{'content':[{'token':'a','logprob':-0.10,'bytes':[97],'top_logprobs':[]}]}",
                "'delta':{'annotations':[{'type':'url_citation','url_citation':{'url':'u','start_index':0}}]}",
                "'delta':{'reasoning':'h','reasoning_details':[{'type':'reasoning.text','text':'h','index':0}]}",
                "'delta':{'reasoning_details':[{'type':'reasoning.text','signature':'s','index':0}]}",
                "'delta':{'reasoning_details':[{'type':'reasoning.encrypted','data':'x','index':1}]}",
                "'delta':{'audio':{'id':'a','transcript':'Hello'}}",
                "'delta':{'images':[{'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}}]}",
            })
    void aPieceOfAStream(String members) {
        var piece =
                ("{'choices':[{'index':0," + members + ",'finish_reason':null}],'citations':['u']}").replace('\'', '"');

        assertThat(chunks(stream(piece, finish("stop"), "[DONE]"))).first().isEqualTo(piece);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'message':{'content':null,'refusal':'No'}",
                "'message':{'content':'a'},'logprobs':{'content':[{'token':'a','logprob':-0.10}]}",
                "'message':{'content':'a','annotations':[{'type':'url_citation'}]}",
                "'message':{'content':'a','reasoning':'h','reasoning_details':[{'type':'reasoning.text','text':'h','signature':'s'},"
                        + "{'type':'reasoning.encrypted','data':'x'}]}",
                "'message':{'content':null,'audio':{'id':'a','data':'QUJD'}}",
            })
    void aWholeAnswer(String members) {
        var choice = ("'index':0," + members).replace('\'', '"');
        var body = "{\"choices\":[{" + choice + ",\"finish_reason\":\"stop\"}],\"citations\":[\"u\"]}";

        var completion = (ChatCompletion) Samples.whole(body).get(0);

        assertThat(completion.json().toString())
                .isEqualTo("{\"choices\":[{" + choice
                        + ",\"finish_reason\":\"stop\",\"native_finish_reason\":\"stop\"}],\"citations\":[\"u\"]}");
    }
}
