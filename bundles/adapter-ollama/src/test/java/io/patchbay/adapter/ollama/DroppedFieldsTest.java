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

    private static List<String> dropped(String members) {
        var request = ChatRequest.of(
                JsonView.parse(("{'messages':[{'role':'user','content':'a'}]," + members + "}").replace("'", "\"")));
        var endpoint = Endpoint.builder(
                        new ModelId("a", "b", ""), Provider.builder("p", "a").build())
                .upstreamModel("qwen3")
                .build();
        return ChatEncoder.encode(request, endpoint, Credential.none()).dropped();
    }
}
