package io.patchbay.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VocabularyCounterTest {
    private final VocabularyCounter counter = new VocabularyCounter();

    @Test
    void countsAsTheModelsDo() {
        // As OpenAI's tokenizer has them, https://platform.openai.com/tokenizer.
        assertThat(counter.count("")).isZero();
        assertThat(counter.count("hello world")).isEqualTo(2);
        assertThat(counter.count("tiktoken is great!")).isEqualTo(6);
        assertThat(counter.count("お誕生日おめでとう")).isEqualTo(8);
    }

    @Test
    void takesWhatLooksLikeASpecialTokenForText() {
        assertThat(counter.count("<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    @Timeout(60)
    void isNotHeldUpByTextsWithoutSpaces() {
        var began = System.nanoTime();

        assertThat(counter.count("a".repeat(1_000_000))).isGreaterThan(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }
}
