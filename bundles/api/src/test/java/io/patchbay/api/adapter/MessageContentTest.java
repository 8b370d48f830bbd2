package io.patchbay.api.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.failure.FailureException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageContentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'role':'user','content':'Hi'|'Hi'",
                "'role':'assistant'|null",
                "'role':'assistant','content':null,'refusal':null,'audio':null,'images':[]|null",
                "'role':'assistant','content':null,'refusal':'No.'|[{'type':'text','text':'No.'}]",
                "'role':'assistant','content':'So:','refusal':'No.'|[{'type':'text','text':'So:'},{'type':'text','text':'No.'}]",
                "'role':'assistant','audio':{'id':'a','transcript':'Hello'}|[{'type':'text','text':'Hello'}]",
                "'role':'user','name':'Ann','content':'Hi'|[{'type':'text','text':'Ann: Hi'}]",
                "'role':'user','name':'Ann','content':[{'type':'text','text':'Hi','cache_control':{}}]"
                        + "|[{'type':'text','text':'Ann: Hi','cache_control':{}}]",
                "'role':'user','name':'Ann','content':[{'type':'image_url'}]|[{'type':'text','text':'Ann:'},{'type':'image_url'}]",
                "'role':'tool','name':'f','content':'1'|'1'",
            })
    void gathersWhatIsSaidInWords(String members, String content) {
        var message = json("{" + members + "}");
        var before = message.deepCopy();

        assertThat(MessageContent.of(message, "messages[0]", Set.of())).hasToString(content.replace('\'', '"'));
        assertThat(message).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'images':[{}]", "'audio':{'id':'a'}", "'function_call':{'name':'f'}"})
    void refusesWhatNoWordsCanSay(String member) {
        var message = json("{'role':'assistant'," + member + "}");
        var name = member.substring(1, member.indexOf('\'', 1));

        assertThatThrownBy(() -> MessageContent.of(message, "messages[3]", Set.of()))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().field()).contains("messages[3]." + name));
    }

    @Test
    void leavesToAnAdapterWhatItKnows() {
        var message = json("{'role':'assistant','content':'a','images':[{}]}");

        assertThat(MessageContent.of(message, "messages[0]", Set.of("images"))).hasToString("\"a\"");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }
}
