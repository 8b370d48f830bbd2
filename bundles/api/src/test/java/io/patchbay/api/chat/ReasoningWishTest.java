package io.patchbay.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.json.JsonView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasoningWishTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a':1|``",
                "'reasoning':{}|asked",
                "'include_reasoning':true|asked",
                "'reasoning':{'effort':'low'}|on asked",
                "'reasoning':{'effort':null,'max_tokens':5}|on asked",
                "'reasoning':{'enabled':true}|on asked",
                "'reasoning_effort':'high'|on asked",
                "'reasoning':{'exclude':false},'reasoning_effort':'high'|on asked",
                "'reasoning':{'effort':'none'}|off",
                "'reasoning':{'enabled':false,'effort':'high'}|off",
                "'reasoning':{'max_tokens':0}|off",
                "'reasoning_effort':'none'|off",
                "'reasoning':{'effort':'low','exclude':true}|on hidden",
                "'reasoning_effort':'low','include_reasoning':false|on hidden",
                "'reasoning':7,'reasoning_effort':{}|``",
            })
    void readsEverySpelling(String members, String said) {
        var wish = wish(members);

        assertThat(words(wish)).isEqualTo(said);
    }

    @Test
    void believesTheObjectMoreThanTheShorthand() {
        assertThat(wish("'reasoning':{'effort':'low'},'reasoning_effort':'high'")
                        .effort())
                .isEqualTo("low");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reasoning_effort':'minimal'|low",
                "'reasoning_effort':'max'|high",
                "'reasoning':{'enabled':true}|medium",
                "'reasoning':{'max_tokens':200}|low",
                "'reasoning':{'max_tokens':500}|medium",
                "'reasoning':{'max_tokens':800}|high",
            })
    void knowsThreeLevels(String members, String level) {
        assertThat(wish(members).level(1000)).isEqualTo(level);
    }

    private static ReasoningWish wish(String members) {
        return ReasoningWish.of(JsonView.parse('{' + members.replace('\'', '"') + '}'));
    }

    private static String words(ReasoningWish wish) {
        var words = (wish.isOn() ? "on " : "")
                + (wish.isOff() ? "off " : "")
                + (wish.isHidden() ? "hidden " : "")
                + (wish.isAsked() ? "asked" : "");
        return words.strip();
    }
}
