package io.patchbay.adapter.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void saysVerbosityToClaudesThatHaveAnEffort() {
        var terse = "{'messages':[{'role':'user','content':'a'}],'verbosity':'low'}";

        assertThat(dropped(Samples.OPUS_4_6, terse)).isEmpty();
        assertThat(dropped(Samples.SONNET_4_5, terse)).containsExactly("verbosity");
    }

    @Test
    void takesToolsForSaidThatMustNotBeCalled() {
        assertThat(dropped(TOOL + ",'tool_choice':'none','structured_outputs':true"))
                .isEmpty();
    }

    @Test
    void namesStopSequencesThatAClaudeRefuses() {
        assertThat(dropped("'stop':['END','\\n']")).containsExactly("stop");
    }

    @Test
    void namesCachingWhereNothingIsCached() {
        var cached = "'cache_control':{'type':'ephemeral'}";

        assertThat(dropped(Samples.LLAMA, "{'messages':[{'role':'user','content':'a'}]," + cached + "}"))
                .containsExactly("cache_control");
        assertThat(dropped(cached)).isEmpty();
    }

    @Test
    void namesSmallWishesThatAModelDoesNotKnow() {
        var request = "{'messages':[{'role':'user','content':'a','cache_control':{'type':'ephemeral'}},"
                + "{'role':'assistant','name':'Bob','content':'b','reasoning':'t','reasoning_details':[{'type':"
                + "'reasoning.text','text':'t','signature':'s','format':'anthropic-claude-v1'}]}],"
                + "'tools':[{'type':'function','cache_control':{'type':'ephemeral'},"
                + "'function':{'name':'f','strict':true}}]}";

        assertThat(dropped(Samples.SONNET_4_5, request)).containsExactly("messages.name");
        assertThat(dropped(Samples.NOVA, request))
                .containsExactly(
                        "messages.reasoning_details", "messages.name", "tools.cache_control", "tools.function.strict");
    }

    private static List<String> dropped(String members) {
        return dropped(Samples.SONNET_4_5, "{'messages':[{'role':'user','content':'a'}]," + members + "}");
    }

    private static List<String> dropped(String model, String request) {
        return Samples.upstream(model, request).dropped();
    }
}
