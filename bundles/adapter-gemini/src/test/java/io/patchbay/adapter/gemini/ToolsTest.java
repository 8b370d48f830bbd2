package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.USER;
import static io.patchbay.adapter.gemini.Samples.body;
import static io.patchbay.adapter.gemini.Samples.chat;
import static io.patchbay.adapter.gemini.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolsTest {
    @Test
    void declaresFunctionsWithTheirJsonSchema() {
        var schema = "{'type':'object','properties':{'a':{'type':['string','null'],'const':'x'}},"
                + "'required':['a'],'additionalProperties':false}";

        assertThat(tools("{'type':'function','function':{'name':'f','description':'F','strict':true,'parameters':"
                        + schema + "}},{'type':'function','function':{'name':'g','parameters':{'type':'object',"
                        + "'properties':{}}}}"))
                .isEqualTo(json("[{'functionDeclarations':[{'name':'f','description':'F','parametersJsonSchema':"
                        + schema + "},{'name':'g'}]}]"));
    }

    @Test
    void keepsASchemaOfGooglesOwnKind() {
        assertThat(function("{'type':'OBJECT','properties':{'a':{'type':'STRING'}}}"))
                .isEqualTo(json("{'name':'f','parameters':{'type':'OBJECT','properties':{'a':{'type':'STRING'}}}}"));
    }

    @Test
    void takesAwayWhatGoogleRefuses() {
        assertThat(function("{'$schema':'s','type':'object','properties':{'a':{'$ref':'#/$defs/a','description':'x'},"
                        + "'$ref':{'type':'string'}},'$defs':{'a':{'type':'string'}}}"))
                .isEqualTo(json("{'name':'f','parametersJsonSchema':{'type':'object','properties':{"
                        + "'a':{'$ref':'#/$defs/a'},'$ref':{'type':'string'}},'$defs':{'a':{'type':'string'}}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'auto'|{'mode':'AUTO'}",
                "'none'|{'mode':'NONE'}",
                "'required'|{'mode':'ANY'}",
                "{'type':'function','function':{'name':'f'}}|{'mode':'ANY','allowedFunctionNames':['f']}",
                "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'f'}}]}}|{'mode':'ANY','allowedFunctionNames':['f']}",
                "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'f'}}]}}|{'mode':'VALIDATED','allowedFunctionNames':['f']}",
            })
    void saysWhichToCall(String choice, String config) {
        var asked = ",'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':" + choice;

        assertThat(body(chat(USER, asked)).get("toolConfig"))
                .hasToString(json("{'functionCallingConfig':" + config + "}"));
    }

    @Test
    void saysNothingOfAChoiceWithoutTools() {
        assertThat(body(chat(USER, ",'tools':[],'tool_choice':'auto'")).keySet())
                .containsExactly("contents");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'google_search'}",
                "{'google_search':{}}",
                "{'googleSearch':{}}",
                "{'type':'web_search'}",
                "{'type':'openrouter:web_search','parameters':{'max_results':3}}",
            })
    void letsGoogleSearch(String tool) {
        assertThat(tools(tool)).isEqualTo(json("[{'googleSearch':{}}]"));
    }

    @Test
    void letsGoogleSearchBesideFunctions() {
        var asked = ",'web_search_options':{},'tools':[{'type':'function','function':{'name':'f'}},"
                + "{'type':'code_execution'},{'url_context':{}}]";

        assertThat(body(chat(USER, asked)).get("tools").toString())
                .isEqualTo(json("[{'functionDeclarations':[{'name':'f'}]},{'codeExecution':{}},{'urlContext':{}},"
                        + "{'googleSearch':{}}]"));
    }

    private static String function(String schema) {
        var tools = body(chat(
                        USER, ",'tools':[{'type':'function','function':{'name':'f','parameters':" + schema + "}}]"))
                .getAsJsonArray("tools");
        return tools.get(0)
                .getAsJsonObject()
                .getAsJsonArray("functionDeclarations")
                .get(0)
                .toString();
    }

    private static String tools(String tools) {
        return body(chat(USER, ",'tools':[" + tools + "]")).get("tools").toString();
    }
}
