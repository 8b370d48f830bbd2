package io.patchbay.adapter.cohere;

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
    void saysAllThatCohereKnows() {
        assertThat(dropped(TOOL + ",'temperature':0.5,'top_p':0.5,'top_k':3,'seed':1,'frequency_penalty':0.5,"
                        + "'stop':['x'],'max_tokens':9,'logprobs':true"))
                .isEmpty();
    }

    @Test
    void namesWhatCohereDoesNotKnow() {
        assertThat(dropped(TOOL + ",'logit_bias':{'1':2},'min_p':0.1,'parallel_tool_calls':false"))
                .containsExactly("logit_bias", "min_p", "parallel_tool_calls");
    }

    private static List<String> dropped(String members) {
        var request = ChatRequest.of(
                JsonView.parse(("{'messages':[{'role':'user','content':'a'}]," + members + "}").replace("'", "\"")));
        var endpoint = Endpoint.builder(
                        new ModelId("a", "b", ""), Provider.builder("p", "a").build())
                .upstreamModel("command-a-03-2025")
                .build();
        return ChatEncoder.encode(request, endpoint, Credential.none()).dropped();
    }
}
