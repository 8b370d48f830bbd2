package io.patchbay.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.json.JsonView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {
    @Test
    void namesWhatIsAskedOfTheModel() {
        var request = request("'model':'a/b','messages':[],'stream':true,'user':'u','provider':{'sort':'price'},"
                + "'temperature':0.5,'seed':0,'tools':[{}],'tool_choice':'required','logprobs':true,'made_up':'x'");

        assertThat(request.parameters())
                .containsExactly("temperature", "seed", "tools", "tool_choice", "logprobs", "made_up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'n':1",
                "'n':1.0",
                "'temperature':1",
                "'top_p':1.0",
                "'frequency_penalty':0",
                "'presence_penalty':0.0",
                "'logprobs':false",
                "'parallel_tool_calls':true",
                "'tool_choice':'auto'",
                "'stop':[]",
                "'stop':''",
                "'logit_bias':{}",
                "'seed':null"
            })
    void leavesOutWhatGoesWithoutSaying(String field) {
        assertThat(request("'model':'a/b'," + field).parameters()).isEmpty();
    }

    private static ChatRequest request(String members) {
        return ChatRequest.of(JsonView.parse('{' + members.replace('\'', '"') + '}'));
    }
}
