package io.patchbay.adapter.bedrock;

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
    void saysAllThatConverseKnows() {
        assertThat(dropped(TOOL + ",'tool_choice':'required','temperature':0.5,'top_k':3,'stop':['x'],'max_tokens':9"))
                .isEmpty();
        assertThat(dropped("'reasoning':{'effort':'high'}")).isEmpty();
    }

    @Test
    void namesWhatConverseDoesNotKnow() {
        assertThat(dropped("'seed':1,'logit_bias':{'1':2},'frequency_penalty':1,'logprobs':true"))
                .containsExactly("seed", "logit_bias", "frequency_penalty", "logprobs");
    }

    private static List<String> dropped(String members) {
        var request = ChatRequest.of(
                JsonView.parse(("{'messages':[{'role':'user','content':'a'}]," + members + "}").replace("'", "\"")));
        var endpoint = Endpoint.builder(
                        new ModelId("a", "b", ""), Provider.builder("p", "a").build())
                .upstreamModel("anthropic.claude-sonnet-4-5-20250929-v1:0")
                .build();
        return ChatEncoder.encode(request, endpoint, Credential.none()).dropped();
    }
}
