package io.patchbay.adapter.cohere;

import static io.patchbay.adapter.cohere.Samples.json;
import static io.patchbay.adapter.cohere.Samples.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"reasoning\":{\"enabled\":true} | {\"type\":\"enabled\"}",
                "\"reasoning\":{\"enabled\":false} | {\"type\":\"disabled\"}",
                "\"reasoning\":{\"effort\":\"none\"} | {\"type\":\"disabled\"}",
                "\"reasoning\":{\"max_tokens\":0} | {\"type\":\"disabled\"}",
                "\"reasoning\":{\"max_tokens\":300} | {\"type\":\"enabled\",\"token_budget\":300}",
                "\"reasoning\":{\"effort\":\"high\"},\"max_tokens\":1000 | {\"type\":\"enabled\",\"token_budget\":800}",
                "\"reasoning_effort\":\"low\",\"max_tokens\":1000 | {\"type\":\"enabled\",\"token_budget\":200}",
                "\"reasoning_effort\":\"medium\" | {\"type\":\"enabled\",\"token_budget\":8192}",
            })
    void asksForThoughtsInTheProvidersWords(String members, String thinking) {
        assertThat(sent(members).get("thinking")).isEqualTo(json(thinking));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"reasoning\":{}", "\"reasoning\":{\"exclude\":true}", "\"include_reasoning\":true"})
    void leavesItToTheModelOtherwise(String members) {
        assertThat(sent(members).has("thinking")).isFalse();
    }

    @Test
    void asksNoThoughtsOfAModelThatHasNone() {
        var request = Samples.ADAPTER.encode(
                Samples.request("{\"reasoning\":{\"enabled\":true}}"),
                Samples.endpoint(Map.of(), Set.of("tools")),
                Credential.none());

        assertThat(Samples.body(request).has("thinking")).isFalse();
    }

    @Test
    void returnsThoughtsAndPlansToWhereTheyCameFrom() {
        var answer = Samples.whole(
                "{}",
                "{\"message\":{\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},"
                        + "{\"type\":\"text\",\"text\":\"so\"}],\"tool_plan\":\"call a\",\"tool_calls\":[{\"id\":\"c1\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}]},"
                        + "\"finish_reason\":\"TOOL_CALL\"}");

        assertThat(Samples.messages(Samples.message(answer).toString()))
                .isEqualTo(json("[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},"
                        + "{\"type\":\"text\",\"text\":\"so\"}],\"tool_plan\":\"call a\",\"tool_calls\":[{\"id\":\"c1\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}]}]"));
    }

    @Test
    void joinsThePiecesOfAStreamedThought() {
        assertThat(
                        Samples.messages(
                                "{\"role\":\"assistant\",\"content\":\"x\",\"reasoning_details\":["
                                        + "{\"type\":\"reasoning.text\",\"text\":\"a\",\"format\":\"cohere-thinking-v2\",\"index\":0},"
                                        + "{\"type\":\"reasoning.text\",\"text\":\"b\",\"format\":\"cohere-thinking-v2\",\"index\":0},"
                                        + "{\"type\":\"reasoning.text\",\"text\":\"c\",\"format\":\"cohere-thinking-v2\",\"index\":1}]}"))
                .isEqualTo(json("[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"ab\"},"
                        + "{\"type\":\"thinking\",\"thinking\":\"c\"},{\"type\":\"text\",\"text\":\"x\"}]}]"));
    }

    @Test
    void keepsThoughtsOfOtherModelsToItself() {
        assertThat(Samples.messages("{\"role\":\"assistant\",\"content\":\"x\",\"reasoning\":\"r\","
                        + "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"a\",\"signature\":\"s\","
                        + "\"format\":\"anthropic-claude-v1\"}]}"))
                .isEqualTo(json("[{\"role\":\"assistant\",\"content\":\"x\"}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reasoning\":{\"exclude\":true}}", "{\"include_reasoning\":false}"})
    void hidesThoughtsFromThoseWhoDoNotWantThem(String request) {
        var whole = Samples.whole(
                request,
                "{\"message\":{\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"}],\"tool_plan\":\"p\"},"
                        + "\"finish_reason\":\"COMPLETE\"}");
        var stream = Samples.stream(
                request,
                "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"p\"}}}",
                "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\"}}");

        assertThat(Samples.message(whole).has("reasoning")).isFalse();
        assertThat(Samples.choices(stream).toString()).doesNotContain("reasoning");
    }
}
