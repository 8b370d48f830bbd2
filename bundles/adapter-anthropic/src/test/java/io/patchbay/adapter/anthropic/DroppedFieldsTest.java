package io.patchbay.adapter.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DroppedFieldsTest {
    private static final String TOOL = "'tools':[{'type':'function','function':{'name':'f'}}]";

    @Test
    void saysAllThatAnthropicKnows() {
        assertThat(dropped(TOOL + ",'tool_choice':'required','parallel_tool_calls':false,'temperature':0.5,'top_k':3,"
                        + "'stop':['x'],'max_tokens':9,'response_format':{'type':'json_object'}"))
                .isEmpty();
        assertThat(dropped("'reasoning':{'effort':'high'}")).isEmpty();
    }

    @Test
    void namesWhatAnthropicDoesNotKnow() {
        assertThat(dropped("'seed':1,'logit_bias':{'1':2},'frequency_penalty':1,'logprobs':true"))
                .containsExactly("seed", "logit_bias", "frequency_penalty", "logprobs");
    }

    @Test
    void namesSmallWishesThatAnthropicDoesNotKnow() {
        assertThat(dropped("'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':"
                        + "{'type':'ephemeral'}},{'type':'image_url','image_url':{'url':'https://a/b','detail':'low'}}]},"
                        + "{'role':'assistant','name':'Bob','content':'b','reasoning_details':[{'type':'reasoning.text',"
                        + "'text':'t','signature':'s','format':'google-gemini-v1'}]}]," + TOOL))
                .containsExactly("messages.reasoning_details", "messages.image_url.detail", "messages.name");
        assertThat(dropped("'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b',"
                        + "'reasoning':'t','reasoning_details':[{'type':'reasoning.text','text':'t','signature':'s'}]}],"
                        + "'tools':[{'type':'function','cache_control':{'type':'ephemeral'},"
                        + "'function':{'name':'f','strict':true}}]"))
                .isEmpty();
    }

    @Test
    void namesStopSequencesThatAreBlank() {
        assertThat(dropped("'stop':['END','\\n']")).containsExactly("stop");
        assertThat(dropped("'stop':' '")).containsExactly("stop");
    }

    @Test
    void namesWhatTheOperatorDoesNotWantToBeSent() {
        assertThat(dropped(
                        TOOL + ",'tool_choice':'required','response_format':{'type':'json_object'}",
                        Map.of("drop", "tool_choice, response_format")))
                .containsExactly("tool_choice", "response_format");
    }

    @Test
    void doesNotTakeAFieldForSaidThatIsCalledLikeOneOfAnthropics() {
        assertThat(dropped("'stop_sequences':['a'],'stop':['b'],'system':'s','structured_outputs':true"))
                .containsExactly("stop_sequences", "system");
    }

    @Test
    void namesThoughtsThatAForcedToolForbids() {
        assertThat(dropped(TOOL + ",'tool_choice':'required','reasoning':{'effort':'high'}"))
                .containsExactly("reasoning");
    }

    @Test
    void namesATemperatureThatThinkingForbids() {
        assertThat(dropped("'temperature':0.2,'reasoning':{'effort':'high'}")).containsExactly("temperature");
    }

    private static List<String> dropped(String members) {
        return dropped(members, Map.of());
    }

    private static List<String> dropped(String members, Map<String, String> options) {
        var asked =
                members.startsWith("'messages'") ? members : "'messages':[{'role':'user','content':'a'}]," + members;
        var request = ChatRequest.of(JsonView.parse(("{" + asked + "}").replace("'", "\"")));
        var endpoint = Endpoint.builder(
                        new ModelId("a", "b", ""),
                        Provider.builder("p", "a").options(options).build())
                .upstreamModel("claude-sonnet-4-5")
                .build();
        return ChatEncoder.encode(request, endpoint, Credential.none()).dropped();
    }
}
