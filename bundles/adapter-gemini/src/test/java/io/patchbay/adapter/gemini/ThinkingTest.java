package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.USER;
import static io.patchbay.adapter.gemini.Samples.body;
import static io.patchbay.adapter.gemini.Samples.chat;
import static io.patchbay.adapter.gemini.Samples.endpoint;
import static io.patchbay.adapter.gemini.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.json.JsonTree;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gemini-2.5-flash|'reasoning':{'effort':'minimal'}|{'includeThoughts':true,'thinkingBudget':1024}",
                "gemini-2.5-flash|'reasoning_effort':'medium'|{'includeThoughts':true,'thinkingBudget':8192}",
                "gemini-2.5-pro|'reasoning':{'effort':'high'}|{'includeThoughts':true,'thinkingBudget':24576}",
                "gemini-2.5-pro|'reasoning':{'effort':'xhigh'}|{'includeThoughts':true,'thinkingBudget':32768}",
                "gemini-2.5-flash|'max_tokens':10000,'reasoning':{'effort':'high'}|{'includeThoughts':true,'thinkingBudget':8000}",
                "gemini-2.5-flash|'reasoning':{'max_tokens':3200}|{'includeThoughts':true,'thinkingBudget':3200}",
                "gemini-2.5-flash|'reasoning':{'max_tokens':99999}|{'includeThoughts':true,'thinkingBudget':24576}",
                "gemini-2.5-pro|'reasoning':{'max_tokens':1}|{'includeThoughts':true,'thinkingBudget':128}",
                "gemini-2.5-flash-lite|'reasoning':{'max_tokens':1}|{'includeThoughts':true,'thinkingBudget':512}",
                "gemini-2.5-flash|'reasoning':{'enabled':true}|{'includeThoughts':true}",
                "gemini-2.5-flash|'include_reasoning':true|{'includeThoughts':true}",
                "gemini-2.5-flash|'reasoning':{'effort':'low','exclude':true}|{'thinkingBudget':1024}",
                "gemini-2.5-flash|'reasoning':{'enabled':false}|{'thinkingBudget':0}",
                "gemini-2.5-flash-lite|'reasoning_effort':'none'|{'thinkingBudget':0}",
                "gemini-2.5-pro|'reasoning':{'effort':'none'}|{'thinkingBudget':128}",
                "gemini-3-flash-preview|'reasoning':{'effort':'minimal'}|{'includeThoughts':true,'thinkingLevel':'minimal'}",
                "gemini-3-flash-preview|'reasoning':{'effort':'medium'}|{'includeThoughts':true,'thinkingLevel':'medium'}",
                "gemini-3-flash-preview|'reasoning':{'effort':'xhigh'}|{'includeThoughts':true,'thinkingLevel':'high'}",
                "gemini-3-pro-preview|'reasoning':{'effort':'minimal'}|{'includeThoughts':true,'thinkingLevel':'low'}",
                "gemini-3-pro-preview|'reasoning':{'effort':'medium'}|{'includeThoughts':true,'thinkingLevel':'high'}",
                "gemini-3.1-pro-preview|'reasoning':{'effort':'medium'}|{'includeThoughts':true,'thinkingLevel':'medium'}",
                "gemini-3-flash-preview|'reasoning':{}|{'includeThoughts':true}",
                "gemini-2.5-flash|'reasoning':{'exclude':false}|{'includeThoughts':true}",
                "gemini-3-flash-preview|'reasoning':{'max_tokens':512}|{'includeThoughts':true,'thinkingBudget':512}",
                "gemini-3-flash-preview|'reasoning':{'effort':'none'}|{'thinkingLevel':'minimal'}",
                "gemini-3.1-pro-preview|'reasoning':{'enabled':false}|{'thinkingLevel':'low'}",
                "gemma-4-31b-it|'reasoning':{'effort':'low'}|{'includeThoughts':true,'thinkingLevel':'high'}",
                "gemini-3-flash-preview|'reasoning':{'effort':'whatever'}|{'includeThoughts':true,'thinkingLevel':'medium'}",
                "gemini-pro-latest|'reasoning':{'effort':'low'}|{'includeThoughts':true,'thinkingLevel':'low'}",
                "gemini-3-pro-image-preview|'reasoning':{'effort':'low'}|{'includeThoughts':true}",
            })
    void asksForThoughtsInTheModelsWay(String model, String asked, String config) {
        assertThat(thinking(model, asked)).isEqualTo(json(config));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gemini-2.5-flash|'reasoning':{'exclude':true}",
                "gemini-2.5-flash|'temperature':1",
                "gemini-2.0-flash|'reasoning':{'effort':'low'}",
                "gemini-2.5-flash-image|'reasoning':{'effort':'low'}",
                "gemini-2.5-flash-preview-tts|'reasoning':{'effort':'low'}",
                "gemma-3-27b-it|'reasoning':{'effort':'low'}",
            })
    void saysNothingWhereThereIsNothingToSay(String model, String asked) {
        assertThat(thinking(model, asked)).isEqualTo("{}");
    }

    @Test
    void believesTheCatalogueAboutModelsThatDoNotThink() {
        var plain = endpoint("gemini-2.5-flash", Map.of())
                .supportedParameters(Set.of("tools"))
                .build();

        assertThat(body(chat(USER, ",'reasoning':{'effort':'low'}"), plain).has("generationConfig"))
                .isFalse();
    }

    private static String thinking(String model, String asked) {
        var config = JsonTree.object(body(chat(USER, "," + asked), model).get("generationConfig"));
        return JsonTree.object(config.get("thinkingConfig")).toString();
    }
}
