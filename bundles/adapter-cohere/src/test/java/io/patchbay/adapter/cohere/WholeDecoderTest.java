package io.patchbay.adapter.cohere;

import static io.patchbay.adapter.cohere.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeDecoderTest {
    @Test
    void readsTextAndTokenCounts() {
        var events = Samples.whole(
                "{}",
                "{\"id\":\"x\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},"
                        + "{\"type\":\"text\",\"text\":\"Hi\"}]},\"finish_reason\":\"COMPLETE\",\"usage\":{"
                        + "\"billed_units\":{\"input_tokens\":5,\"output_tokens\":1},"
                        + "\"tokens\":{\"input_tokens\":100.0,\"output_tokens\":20,\"reasoning_tokens\":7},"
                        + "\"cached_tokens\":64}}");

        assertThat(events).hasSize(1);
        assertThat(Samples.completion(events))
                .isEqualTo(json("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"reasoning\":\"hm\","
                        + "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\","
                        + "\"format\":\"cohere-thinking-v2\",\"index\":0}],\"content\":\"Hi\"},"
                        + "\"finish_reason\":\"stop\",\"native_finish_reason\":\"COMPLETE\"}],"
                        + "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":64},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":7}}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"null\"", "\"\"", "{}", "\"{}\""})
    void givesACallWithoutArgumentsAnEmptyObject(String arguments) {
        var message = Samples.message(Samples.whole(
                "{}",
                "{\"message\":{\"tool_plan\":\"p\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"a\",\"arguments\":" + arguments
                        + "}}]},\"finish_reason\":\"TOOL_CALL\"}"));

        assertThat(message.get("content").isJsonNull()).isTrue();
        assertThat(message.get("reasoning").getAsString()).isEqualTo("p");
        assertThat(message.get("tool_calls"))
                .isEqualTo(json("[{\"index\":0,\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}]"));
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, stop",
        "STOP_SEQUENCE, stop",
        "MAX_TOKENS, length",
        "TOOL_CALL, tool_calls",
        "ERROR_TOXIC, content_filter",
        "SOMETHING_NEW, stop",
    })
    void saysInCanonicalWordsWhyItEnded(String said, String reason) {
        var choice = Samples.completion(Samples.whole("{}", "{\"message\":{},\"finish_reason\":\"" + said + "\"}"))
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject();

        assertThat(choice.get("finish_reason").getAsString()).isEqualTo(reason);
        assertThat(choice.get("native_finish_reason").getAsString()).isEqualTo(said);
    }

    @Test
    void turnsCitationsWithAnAddressIntoAnnotations() {
        var message = Samples.message(
                Samples.whole(
                        "{}",
                        "{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"\\uD83D\\uDE00!\"},"
                                + "{\"type\":\"text\",\"text\":\"Ruby\"}],\"citations\":[{\"start\":0,\"end\":4,\"text\":\"Ruby\","
                                + "\"type\":\"TEXT_CONTENT\",\"content_index\":1,\"sources\":[{\"type\":\"tool\",\"id\":\"t\","
                                + "\"tool_output\":{\"url\":\"https://e.org\",\"title\":\"R\",\"text\":\"Facts\"}},"
                                + "{\"type\":\"document\",\"id\":\"d\",\"document\":{\"title\":\"no address\"}}]},"
                                + "{\"start\":0,\"end\":1,\"type\":\"PLAN\",\"sources\":[]}]},\"finish_reason\":\"COMPLETE\"}"));

        assertThat(message.get("annotations"))
                .isEqualTo(
                        json("[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://e.org\",\"title\":\"R\","
                                + "\"content\":\"Facts\",\"start_index\":2,\"end_index\":6}}]"));
        assertThat(message.getAsJsonArray("citations")).hasSize(1);
    }

    @Test
    void readsLogProbabilities() {
        var choice = Samples.completion(Samples.whole(
                        "{}",
                        "{\"message\":{},\"finish_reason\":\"COMPLETE\",\"logprobs\":[{\"text\":\"ab\","
                                + "\"token_ids\":[1,2],\"logprobs\":[-0.5,-0.25]}]}"))
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject();

        assertThat(choice.get("logprobs"))
                .isEqualTo(json("{\"content\":[{\"token\":\"ab\",\"logprob\":-0.75,\"bytes\":null,"
                        + "\"top_logprobs\":[]}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":{},\"finish_reason\":\"ERROR\"} | UPSTREAM_ERROR",
                "{\"message\":{},\"finish_reason\":\"TIMEOUT\"} | TIMEOUT",
                "{\"id\":\"x\",\"message\":\"too many tokens: size limit exceeded\"} | CONTEXT_TOO_LONG",
                "{\"id\":\"x\"} | MALFORMED_ANSWER",
                "<html> | MALFORMED_ANSWER",
                "[] | MALFORMED_ANSWER",
            })
    void failsWhereThereIsNoAnswer(String body, FailureKind kind) {
        var events = Samples.whole("{}", body);

        assertThat(events).hasSize(1);
        assertThat(Samples.failure(events).kind()).isEqualTo(kind);
    }
}
