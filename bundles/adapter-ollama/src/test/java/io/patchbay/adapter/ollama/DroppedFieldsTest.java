package io.patchbay.adapter.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DroppedFieldsTest {
    private static final String TOOL = "'tools':[{'type':'function','function':{'name':'f'}}]";

    @Test
    void saysAllThatOllamaKnows() {
        assertThat(dropped(TOOL + ",'temperature':0.5,'top_p':0.5,'top_k':3,'seed':1,'repetition_penalty':1.5,"
                        + "'stop':['x'],'max_tokens':9,'logprobs':true,'reasoning':{'enabled':true}"))
                .isEmpty();
    }

    @Test
    void namesWhatOllamaDoesNotKnow() {
        assertThat(dropped(TOOL + ",'logit_bias':{'1':2},'parallel_tool_calls':false"))
                .containsExactly("logit_bias", "parallel_tool_calls");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'messages':[{'role':'system','content':'a','name':'x'}]|messages.name",
                "'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}]}]|messages.cache_control",
                "'messages':[{'role':'assistant','content':'a','reasoning_details':[{'type':'reasoning.encrypted','data':'x'}]}]|messages.reasoning_details",
                "'tools':[{'type':'function','function':{'name':'f'},'cache_control':{'type':'ephemeral'}}]|tools.cache_control",
                "'messages':[{'role':'assistant','content':'a','reasoning':'hm'}]|",
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,aG8=','detail':'low'}}]}]|messages.image_url.detail",
                "'tools':[{'type':'function','function':{'name':'f','strict':true}}]|tools.function.strict",
            })
    void namesWhatMessagesAndToolsHoldBesides(String members, String dropped) {
        assertThat(dropped(members)).isEqualTo(dropped == null ? List.of() : List.of(dropped));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'reasoning':{'exclude':true}",
                "'include_reasoning':false",
                "'include_reasoning':true",
                "'reasoning':{'effort':'none'}",
            })
    void doesNotCallThatLeftOutWhichItHonours(String members) {
        assertThat(dropped(members)).isEmpty();
    }

    private static List<String> dropped(String members) {
        var request = ChatRequest.of(JsonView.parse(
                ("{" + (members.contains("'messages'") ? "" : "'messages':[{'role':'user','content':'a'}],") + members
                                + "}")
                        .replace("'", "\"")));
        var endpoint = Endpoint.builder(
                        new ModelId("a", "b", ""), Provider.builder("p", "a").build())
                .upstreamModel("qwen3")
                .build();
        return ChatEncoder.encode(request, endpoint, Credential.none()).dropped();
    }
}
