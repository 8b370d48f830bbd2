package io.patchbay.adapter.sandbox;

import static io.patchbay.adapter.sandbox.SandboxFixture.ask;
import static io.patchbay.adapter.sandbox.SandboxFixture.content;
import static io.patchbay.adapter.sandbox.SandboxFixture.streamed;
import static io.patchbay.adapter.sandbox.SandboxFixture.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.patchbay.api.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxAnswersTest {
    private final SandboxFixture fixture = new SandboxFixture();

    @Test
    void echoQuotesTheQuestionAndSaysWhatItIs() {
        var answer = content(fixture.whole("sandbox/echo", ask("What is Patchbay?")));

        assertThat(answer).startsWith("You asked: \"What is Patchbay?\"").contains("sandbox");
        assertThat(answer).isEqualTo(content(fixture.whole("sandbox/echo", ask("What is Patchbay?"))));
    }

    @Test
    void echoQuotesALongQuestionShortened() {
        assertThat(content(fixture.whole("sandbox/echo", ask("why ".repeat(500)))))
                .contains("why why...")
                .hasSizeLessThan(800);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  spaces \n and\ttabs  ", "👩‍👩‍👧 naïve 日本語 \"quoted\" \\ <b>&", "\u0000\u001f\u2028"})
    void parrotRepeatsToTheLetter(String text) {
        assertThat(content(fixture.whole("sandbox/parrot", ask(text)))).isEqualTo(text);
    }

    @Test
    void parrotRepeatsTheLastUserMessageAndJoinsItsParts() {
        var request =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"old\"},{\"role\":\"assistant\",\"content\":\"no\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a \"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}},{\"type\":\"text\",\"text\":\"b\"}]}]}";

        assertThat(content(fixture.whole("sandbox/parrot", request))).isEqualTo("a b");
    }

    @Test
    void longHasTwoThousandTokens() {
        assertThat(usage(fixture.whole("sandbox/long", ask("go"))).completionTokens())
                .isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"max_tokens\":2", "\"max_completion_tokens\":2", "\"max_tokens\":9,\"max_completion_tokens\":2"
            })
    void endsAtMaxTokens(String limit) {
        var completion = fixture.whole("sandbox/parrot", ask("one two three", limit));

        assertThat(content(completion)).isEqualTo("one two");
        assertThat(completion.finishReason()).contains("length");
        assertThat(usage(completion).completionTokens()).isEqualTo(2);
    }

    @Test
    void isNotCutWhereTheLimitIsJustEnough() {
        assertThat(fixture.whole("sandbox/parrot", ask("one two", "\"max_tokens\":2"))
                        .finishReason())
                .contains("stop");
    }

    @Test
    void endsBeforeTheFirstStopText() {
        var one = fixture.whole("sandbox/parrot", ask("one two three", "\"stop\":\"thr\""));
        var several = fixture.whole("sandbox/parrot", ask("one two three", "\"stop\":[\"\",\"three\",\"wo\"]"));

        assertThat(content(one)).isEqualTo("one two ");
        assertThat(content(several)).isEqualTo("one t");
        assertThat(several.finishReason()).contains("stop");
    }

    @Test
    void givesAsManyChoicesAsAskedFor() {
        var completion = fixture.whole("sandbox/parrot", ask("one two", "\"n\":3"));

        assertThat(completion.choices())
                .extracting(choice -> choice.integer("index").orElseThrow())
                .containsExactly(0L, 1L, 2L);
        assertThat(usage(completion).completionTokens()).isEqualTo(6);
        assertThat(fixture.failure("sandbox/parrot", ask("x", "\"n\":129")).field())
                .contains("n");
    }

    @Test
    void countsTokens() {
        var usage = usage(fixture.whole("sandbox/parrot", ask("one two three")));

        assertThat(usage.promptTokens()).isEqualTo(3);
        assertThat(usage.completionTokens()).isEqualTo(3);
        assertThat(usage.json().integer("total_tokens")).hasValue(6);
    }

    @Test
    void refusesAPromptBeyondItsContext() {
        assertThat(fixture.failure("sandbox/parrot", ask("a ".repeat(1_000_001)))
                        .kind())
                .isEqualTo(FailureKind.CONTEXT_TOO_LONG);
    }

    @Test
    void writesAnObjectInJsonMode() {
        var request = ask("why?", "\"response_format\":{\"type\":\"json_object\"}");

        var object = JsonParser.parseString(content(fixture.whole("sandbox/parrot", request)))
                .getAsJsonObject();

        assertThat(object.get("question").getAsString()).isEqualTo("why?");
        assertThat(object.get("answer").getAsString()).isEqualTo("why?");
    }

    @Test
    void writesAnInstanceOfTheSchema() {
        var request = ask(
                "why?",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":"
                        + "{\"type\":\"object\",\"required\":[\"n\"],\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":7}}}}}");

        assertThat(content(fixture.whole("sandbox/echo", request))).isEqualTo("{\"n\":7}");
    }

    @Test
    void speaksOpenAisJson() {
        assertThat(fixture.whole("sandbox/parrot", ask("hi")).json())
                .hasToString("{\"id\":\"chatcmpl-sandbox-1\",\"object\":\"chat.completion\",\"created\":1800000000,"
                        + "\"model\":\"parrot\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"hi\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}");
    }

    @Test
    void streamsOpenAisJson() {
        var head = "{\"id\":\"chatcmpl-sandbox-1\",\"object\":\"chat.completion.chunk\",\"created\":1800000000,"
                + "\"model\":\"parrot\",\"choices\":[";
        var chunks = SandboxFixture.chunks(fixture.events("sandbox/parrot", streamed(ask("oh hi"))));

        assertThat(chunks)
                .extracting(chunk -> chunk.json().toString())
                .containsExactly(
                        head
                                + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}",
                        head
                                + "{\"index\":0,\"delta\":{\"content\":\"oh\"},\"logprobs\":null,\"finish_reason\":null}]}",
                        head
                                + "{\"index\":0,\"delta\":{\"content\":\" hi\"},\"logprobs\":null,\"finish_reason\":null}]}",
                        head + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}",
                        head + "],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4}}");
    }

    @Test
    void interleavesTheChoicesOfAStream() {
        var chunks = SandboxFixture.chunks(fixture.events("sandbox/parrot", streamed(ask("oh hi", "\"n\":2"))));

        assertThat(chunks.subList(0, 8))
                .extracting(chunk -> chunk.choices().get(0).integer("index").orElseThrow())
                .containsExactly(0L, 1L, 0L, 1L, 0L, 1L, 0L, 1L);
        assertThat(chunks).hasSize(9);
    }
}
