package io.patchbay.adapter.anthropic;

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
    void namesThoughtsThatAForcedToolForbids() {
        assertThat(dropped(TOOL + ",'tool_choice':'required','reasoning':{'effort':'high'}"))
                .containsExactly("reasoning");
    }

    @Test
    void namesATemperatureThatThinkingForbids() {
        assertThat(dropped("'temperature':0.2,'reasoning':{'effort':'high'}")).containsExactly("temperature");
    }

    private static List<String> dropped(String members) {
        var request = ChatRequest.of(
                JsonView.parse(("{'messages':[{'role':'user','content':'a'}]," + members + "}").replace("'", "\"")));
        var endpoint = Endpoint.builder(
                        new ModelId("a", "b", ""), Provider.builder("p", "a").build())
                .upstreamModel("claude-sonnet-4-5")
                .build();
        return ChatEncoder.encode(request, endpoint, Credential.none()).dropped();
    }
}
