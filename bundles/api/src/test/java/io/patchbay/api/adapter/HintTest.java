package io.patchbay.api.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HintTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'assistant','reasoning':'hm'}|messages.reasoning_details",
                "{'role':'assistant','reasoning_content':'hm'}|messages.reasoning_details",
                "{'role':'assistant','reasoning_details':[{}]}|messages.reasoning_details",
                "{'role':'system','content':'a','cache_control':{'type':'ephemeral'}}|messages.cache_control",
                "{'role':'user','content':[{'type':'text','prompt_cache_breakpoint':{'mode':'explicit'}}]}|messages.cache_control",
                "{'role':'user','content':[{'type':'image_url','image_url':{'detail':'low'}}]}|messages.image_url.detail",
                "{'role':'assistant','name':'Bob'}|messages.name",
            })
    void findsSmallWishesInMessages(String message, String field) {
        var request = json("{'messages':[{}," + message + "," + message + "]}");

        assertThat(Hint.unsaid(request, Set.of())).containsExactly(field);
        assertThat(Hint.unsaid(request, EnumSet.allOf(Hint.class))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'role':'user','content':[{'type':'image_url','image_url':{'detail':'auto'}},{'type':'image_url','image_url':'u'}]}",
                "{'role':'assistant','reasoning':null,'reasoning_details':[],'name':''}",
                "{'role':'tool','name':'f','content':'1'}",
                "{'role':'user','name':'Ann','content':'a'}",
            })
    void passesOverWhatSaysNothing(String message) {
        assertThat(Hint.unsaid(json("{'messages':[" + message + "]}"), Set.of()))
                .isEmpty();
    }

    @Test
    void findsSmallWishesInTools() {
        var request = json("{'tools':[{'cache_control':{'type':'ephemeral'}},{'function':{'strict':true}}]}");

        assertThat(Hint.unsaid(request, Set.of())).containsExactly("tools.cache_control", "tools.function.strict");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }
}
