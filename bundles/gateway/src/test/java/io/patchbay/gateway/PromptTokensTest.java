package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.tokens.TokenCounter;
import io.patchbay.gateway.PromptTokens.Length;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptTokensTest {
    private final Slot<TokenCounter> slot = new Slot<>();
    private final PromptTokens tokens = new PromptTokens(slot);
    private final List<String> texts = new ArrayList<>();
    /** A token a character. */
    private final TokenCounter counter = text -> {
        texts.add(text);
        return text.length();
    };

    @BeforeEach
    void install() {
        slot.put(counter);
    }

    @Test
    void countsWhereAPromptMightNotFit() {
        assertThat(length("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(400) + "\"}]}", 150))
                .isEqualTo(new Length(404, true));
    }

    @Test
    void theAnswerHasToFitToo() {
        var request = "{\"max_tokens\":900,\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(400) + "\"}]}";

        assertThat(length(request, 1_000).isCounted()).isTrue();
    }

    @Test
    void countsTheTextsOfPartsAndReckonsTheRest() {
        var request =
                "{\"tools\":[{\"name\":\"abcdefghijklmnopqrstuvwxyz\"}],\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"hello\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:\"}}]}]}";

        assertThat(length(request, 1)).isEqualTo(new Length(9 + 4 + 5 + 1_500, true));
        assertThat(texts).containsExactly("hello");
    }

    @Test
    void nobodyCountsWhatFitsAnyway() {
        assertThat(length("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(400) + "\"}]}", 1_000))
                .isEqualTo(new Length(107, false));
        assertThat(texts).isEmpty();
    }

    @Test
    void aGuessIsGoodEnoughWhereNobodyCounts() {
        slot.take(counter);
        assertThat(length("{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}", 1)
                        .isCounted())
                .isFalse();

        slot.put(text -> {
            throw new NoClassDefFoundError("of/a/bundle/that/Went");
        });
        assertThat(length("{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}", 1)
                        .isCounted())
                .isFalse();
    }

    private Length length(String request, long context) {
        var endpoint = Endpoint.builder(
                        ModelId.parse("m/one"), Provider.builder("a", "openai").build())
                .contextLength(context)
                .build();
        return tokens.of(ChatRequest.of(JsonView.parse(request)), List.of(Choice.of(List.of(endpoint))));
    }
}
