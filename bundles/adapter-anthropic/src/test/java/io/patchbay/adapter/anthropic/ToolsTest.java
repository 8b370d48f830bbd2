package io.patchbay.adapter.anthropic;

import static io.patchbay.adapter.anthropic.Samples.USER;
import static io.patchbay.adapter.anthropic.Samples.body;
import static io.patchbay.adapter.anthropic.Samples.chat;
import static io.patchbay.adapter.anthropic.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsTest {
    private static final String TOOL = ",'tools':[{'type':'function','function':{'name':'f'}}]";

    @Test
    void writesFunctions() {
        var body = body(chat(
                USER,
                ",'tools':[{'type':'function','cache_control':{'type':'ephemeral'},'function':{'name':'f',"
                        + "'description':'does','strict':true,'parameters':{'properties':{'a':{'$ref':'#/x'}}}}},"
                        + "{'type':'function','function':{'name':'g'}}]"));

        assertThat(body.get("tools"))
                .hasToString(json("[{'name':'f','description':'does',"
                        + "'input_schema':{'properties':{'a':{'$ref':'#/x'}},'type':'object'},'strict':true,"
                        + "'cache_control':{'type':'ephemeral'}},"
                        + "{'name':'g','input_schema':{'properties':{},'type':'object'}}]"));
        assertThat(body.has("tool_choice")).isFalse();
    }

    @Test
    void leavesStrictOutForModelsThatDoNotKnowIt() {
        var strict = ",'tools':[{'type':'function','function':{'name':'f','strict':true}}]";

        assertThat(body(chat(USER, strict), "claude-sonnet-4-20250514")
                        .get("tools")
                        .toString())
                .doesNotContain("strict");
    }

    @Test
    void passesAnthropicsOwnToolsOn() {
        var own = "{'type':'web_search_20250305','name':'web_search','max_uses':3}";

        assertThat(body(chat(USER, ",'tools':[" + own + "]")).get("tools")).hasToString(json("[" + own + "]"));
    }

    @Test
    void refusesToolsOfOthers() {
        assertThatThrownBy(() -> body(chat(USER, ",'tools':[{'type':'openrouter:datetime'}]")))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().field()).contains("tools[0].type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",'tool_choice':'auto'|{'type':'auto'}",
                ",'tool_choice':'required'|{'type':'any'}",
                ",'tool_choice':'none'|{'type':'none'}",
                ",'tool_choice':{'type':'function','function':{'name':'f'}}|{'type':'tool','name':'f'}",
                ",'parallel_tool_calls':false|{'type':'auto','disable_parallel_tool_use':true}",
                ",'tool_choice':'required','parallel_tool_calls':false|{'type':'any','disable_parallel_tool_use':true}",
                ",'tool_choice':'none','parallel_tool_calls':false|{'type':'none'}",
                ",'tool_choice':'auto','parallel_tool_calls':true|{'type':'auto'}",
            })
    void writesTheChoice(String asked, String written) {
        assertThat(body(chat(USER, TOOL + asked)).get("tool_choice")).hasToString(json(written));
    }

    @Test
    void leavesTheChoiceOutWhereThereAreNoTools() {
        assertThat(body(chat(USER, ",'tools':[],'tool_choice':'auto','parallel_tool_calls':false"))
                        .keySet())
                .containsExactly("model", "max_tokens", "messages");
    }
}
