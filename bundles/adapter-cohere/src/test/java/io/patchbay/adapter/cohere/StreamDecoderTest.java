package io.patchbay.adapter.cohere;

import static io.patchbay.adapter.cohere.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDecoderTest {
    private static final String START = "{\"id\":\"x\",\"type\":\"message-start\",\"delta\":{\"message\":{"
            + "\"role\":\"assistant\",\"content\":[],\"tool_plan\":\"\",\"tool_calls\":[],\"citations\":[]}}}";
    private static final String END = "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{"
            + "\"tokens\":{\"input_tokens\":10,\"output_tokens\":3}}}}";
    private static final String ROLE =
            "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}";

    @Test
    void readsThoughtsThenText() {
        var events = Samples.stream(
                "{}",
                START,
                contentStart(0, "{\"type\":\"thinking\",\"thinking\":\"\"}"),
                content(0, "{\"thinking\":\"hm\"}"),
                "{\"type\":\"content-end\",\"index\":0}",
                contentStart(1, "{\"type\":\"text\",\"text\":\"\"}"),
                content(1, "{\"text\":\"Hi\"}"),
                "{\"type\":\"content-end\",\"index\":1}",
                "{\"type\":\"something-new\"}",
                END,
                "[DONE]");

        assertThat(Samples.choices(events))
                .containsExactly(
                        json(ROLE),
                        json("{\"index\":0,\"delta\":{\"reasoning\":\"hm\",\"reasoning_details\":[{"
                                + "\"type\":\"reasoning.text\",\"text\":\"hm\",\"format\":\"cohere-thinking-v2\","
                                + "\"index\":0}]},\"finish_reason\":null}"),
                        json("{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}"),
                        json("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\","
                                + "\"native_finish_reason\":\"COMPLETE\"}"));
        assertThat(((ChatChunk) events.get(3)).usage())
                .hasValueSatisfying(usage -> assertThat(usage.json().toString())
                        .isEqualTo("{\"prompt_tokens\":10,\"completion_tokens\":3,\"total_tokens\":13}"));
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void readsAPlanAndToolCallsInPieces() {
        var events = Samples.stream(
                "{}",
                START,
                "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"p\"}}}",
                callStart(0, "c1", "a"),
                callDelta(0, "{\\\"x\\\":"),
                callDelta(0, "1.0}"),
                "{\"type\":\"tool-call-end\",\"index\":0}",
                callStart(1, "c2", "b"),
                "{\"type\":\"tool-call-end\",\"index\":1}",
                END);

        assertThat(Samples.choices(events))
                .containsExactly(
                        json(ROLE),
                        json("{\"index\":0,\"delta\":{\"reasoning\":\"p\",\"reasoning_details\":[{"
                                + "\"type\":\"reasoning.text\",\"text\":\"p\",\"format\":\"cohere-tool-plan-v2\","
                                + "\"index\":0}]},\"finish_reason\":null}"),
                        call("{\"index\":0,\"id\":\"c1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"a\",\"arguments\":\"\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"1.0}\"}}"),
                        call("{\"index\":1,\"id\":\"c2\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"b\",\"arguments\":\"\"}}"),
                        call("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"),
                        json("{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\","
                                + "\"native_finish_reason\":\"COMPLETE\"}"));
    }

    @Test
    void holdsBackArgumentsThatMayBeNull() {
        var events = Samples.stream("{}", callStart(0, "c", "a"), callDelta(0, "nu"), callDelta(0, "ll"), END);

        assertThat(Samples.choices(events)).contains(call("{\"index\":0,\"function\":{\"arguments\":\"{}\"}}"));
        assertThat(Samples.choices(events).toString()).doesNotContain("nu\"");
    }

    @Test
    void annotatesTheText() {
        var events = Samples.stream(
                "{}",
                content(0, "{\"text\":\"abc\"}"),
                content(1, "{\"text\":\"def\"}"),
                "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"start\":0,\"end\":3,"
                        + "\"content_index\":1,\"sources\":[{\"type\":\"document\",\"id\":\"d\",\"document\":{"
                        + "\"url\":\"https://e.org\"}}]}}}}",
                "{\"type\":\"citation-end\",\"index\":0}",
                END);

        var delta = Samples.choices(events).get(3).getAsJsonObject().getAsJsonObject("delta");
        assertThat(delta.get("annotations").toString()).contains("\"start_index\":3,\"end_index\":6");
        assertThat(delta.getAsJsonArray("citations")).hasSize(1);
    }

    @Test
    void givesTextItsLogProbabilities() {
        var events = Samples.stream(
                "{}",
                "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"a\"}}},"
                        + "\"logprobs\":{\"text\":\"a\",\"token_ids\":[1],\"logprobs\":[-0.5]}}",
                END);

        assertThat(Samples.choices(events).get(1).getAsJsonObject().get("logprobs"))
                .isEqualTo(
                        json("{\"content\":[{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":null,\"top_logprobs\":[]}]}"));
    }

    @Test
    void failsWhereTheProviderDoesAndCountsWhatWasUsed() {
        var events = Samples.stream(
                "{}",
                START,
                "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"usage\":{\"tokens\":{"
                        + "\"input_tokens\":1,\"output_tokens\":2}},\"error\":\"No valid response generated.\"}}",
                "[DONE]");

        assertThat(events).hasSize(2);
        assertThat(((ChatChunk) events.get(0)).usage()).isPresent();
        assertThat(((ChatChunk) events.get(0)).choices()).isEmpty();
        assertThat(Samples.failure(events).kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
        assertThat(Samples.failure(events).providerCode()).contains("ERROR");
        assertThat(Samples.failure(events).providerMessage()).contains("No valid response generated.");
    }

    @Test
    void saysNothingBeforeThereIsSomethingToSay() {
        assertThat(Samples.stream("{}", START, "{\"id\":\"x\",\"message\":\"internal server error\"}"))
                .singleElement()
                .isInstanceOf(ChatEvent.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[DONE]"})
    void noticesAnAnswerCutShort(String last) {
        var text = content(0, "{\"text\":\"a\"}");
        var events = last.isEmpty() ? Samples.stream("{}", text) : Samples.stream("{}", text, last);

        assertThat(Samples.failure(events).kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{oops", "[]", "", "{\"type\":\"tool-call-delta\",\"index\":5}"})
    void failsOnWhatItCannotRead(String frame) {
        assertThat(Samples.failure(Samples.stream("{}", START, frame)).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    private static String contentStart(int index, String content) {
        return "{\"type\":\"content-start\",\"index\":" + index + ",\"delta\":{\"message\":{\"content\":" + content
                + "}}}";
    }

    private static String content(int index, String content) {
        return "{\"type\":\"content-delta\",\"index\":" + index + ",\"delta\":{\"message\":{\"content\":" + content
                + "}}}";
    }

    private static String callStart(int index, String id, String name) {
        return "{\"type\":\"tool-call-start\",\"index\":" + index + ",\"delta\":{\"message\":{\"tool_calls\":{\"id\":\""
                + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\"\"}}}}}";
    }

    private static String callDelta(int index, String arguments) {
        return "{\"type\":\"tool-call-delta\",\"index\":" + index
                + ",\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"" + arguments + "\"}}}}}";
    }

    private static JsonElement call(String call) {
        return json("{\"index\":0,\"delta\":{\"tool_calls\":[" + call + "]},\"finish_reason\":null}");
    }
}
