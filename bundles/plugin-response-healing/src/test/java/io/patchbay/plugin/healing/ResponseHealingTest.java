package io.patchbay.plugin.healing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.testkit.FakeRoom;
import io.patchbay.testkit.Quoted;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are nearly JSON. */
class ResponseHealingTest {
    private static JsonView view(String quoted) {
        return JsonView.parse(Quoted.text(quoted));
    }

    private static Optional<Passage> enter(String request, boolean named) {
        var settings = named ? Optional.of(view("{'id':'response-healing'}")) : Optional.<JsonView>empty();
        return new ResponseHealing().enter(ChatRequest.of(view(request)), settings, FakeRoom.UNKNOWN);
    }

    private static Passage passage() {
        return enter("{'model':'a/b','response_format':{'type':'json_object'}}", true)
                .orElseThrow();
    }

    private static ChatCompletion answer(String text, String finishReason) {
        var answer = view("{'choices':[{'message':{'role':'assistant'}}]}").toTree();
        var choice = answer.getAsJsonArray("choices").get(0).getAsJsonObject();
        choice.getAsJsonObject("message").add("content", new JsonPrimitive(text));
        choice.addProperty("finish_reason", finishReason);
        return ChatCompletion.of(JsonView.of(answer));
    }

    private static String content(ChatCompletion completion) {
        return completion
                .choices()
                .get(0)
                .object("message")
                .orElseThrow()
                .string("content")
                .orElseThrow();
    }

    private static String healed(Passage passage, String text) {
        return content(passage.answer().orElseThrow().whole(answer(text, "stop")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "Sure! Here it is: {\"a\": 1} Anything else? | {\"a\":1}",
                "```json\\n{\"a\": [1, 2]}\\n``` | {\"a\":[1,2]}",
                "{a: 1, 'b': 'x', } | {\"a\":1,\"b\":\"x\"}",
                "{\"a\": [1, 2, 3 | {\"a\":[1,2,3]}",
                "{\"a\": {\"b\": [true, False, None] | {\"a\":{\"b\":[true,false,null]}}",
                "{\"a\": [1, 2}, \"b\": 3 | {\"a\":[1,2]}",
                "{\"a\": \"one\\ntwo\"} | {\"a\":\"one\\ntwo\"}",
                "{ // why\\n \"a\": 1 /* and */, \"url\": http://x.com/y } | {\"a\":1,\"url\":\"http://x.com/y\"}",
                "{\u201Ca\u201D: \u201Cb\u201D} | {\"a\":\"b\"}",
                "[{\"a\":1},,{\"a\":2},] | [{\"a\":1},{\"a\":2}]",
                "{\"a\": 1.50e3, \"b\": -0.1} and {\"c\": 1} | {\"a\":1.50E+3,\"b\":-0.1}",
                "{\"a\": , \"b\": 2} | {\"a\":null,\"b\":2}",
            })
    void areRepaired(String text, String expected) {
        var passage = passage();

        assertThat(JsonParser.parseString(healed(passage, text.replace("\\n", "\n"))))
                .isEqualTo(JsonParser.parseString(expected));
        assertThat(passage.notes())
                .containsExactly(
                        new Note("response_healing", "response-healing", "the answer was no JSON, and was repaired"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1, \"b\": [ ]}", " [1, 2] ", "\"a\"", "12"})
    void areLeftAsTheyAreIfTheyAreJson(String text) {
        var passage = passage();

        assertThat(healed(passage, text)).isEqualTo(text);
        assertThat(passage.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"I can't do that.", "{\"a\": \"and so", "{\"a\"", "{: 1}"})
    void areLeftAsTheyAreIfNobodyKnowsWhatIsMeant(String text) {
        var passage = passage();

        assertThat(healed(passage, text)).isEqualTo(text);
        assertThat(passage.notes())
                .extracting(Note::summary)
                .containsExactly("the answer is no JSON, and can't be repaired");
    }

    @Test
    void areNotCompletedIfTheyWereCutOff() {
        var passage = passage();

        var seen = passage.answer().orElseThrow().whole(answer("{\"a\": [1, 2", "length"));

        assertThat(content(seen)).isEqualTo("{\"a\": [1, 2");
        assertThat(passage.notes()).isEmpty();
    }

    @Test
    void areDeepAtWill() {
        assertThat(healed(passage(), "[".repeat(100_000))).hasSize(100_000);
    }

    @Test
    void areReadOnlyWhereTheRequestSaysSo() {
        assertThat(enter("{'model':'a/b','response_format':{'type':'json_schema'}}", true))
                .isPresent();
        assertThat(enter("{'model':'a/b','response_format':{'type':'json_schema'}}", false))
                .isEmpty();
        assertThat(enter("{'model':'a/b','response_format':{'type':'text'}}", true))
                .isEmpty();
        assertThat(enter("{'model':'a/b'}", true)).isEmpty();
        assertThat(enter("{'model':'a/b','stream':true,'response_format':{'type':'json_object'}}", true))
                .isEmpty();
    }

    @Test
    void keepEverythingElse() {
        var answer = answer("{a:1}", "stop").json().toTree();
        answer.getAsJsonArray("choices").get(0).getAsJsonObject().add("logprobs", new JsonObject());

        var seen = passage().answer().orElseThrow().whole(ChatCompletion.of(JsonView.of(answer)));

        assertThat(seen.choices().get(0).has("logprobs")).isTrue();
        assertThat(seen.finishReason()).contains("stop");
    }
}
