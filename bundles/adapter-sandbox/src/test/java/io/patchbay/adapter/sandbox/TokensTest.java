package io.patchbay.adapter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    @Test
    void isAWordWithTheWhiteSpaceBeforeIt() {
        assertThat(Tokens.of("What is  Patchbay?\n")).containsExactly("What", " is", "  Patchbay?", "\n");
        assertThat(Tokens.of("")).isEmpty();
    }

    @Test
    void cutsALongWord() {
        assertThat(Tokens.of("a".repeat(40))).containsExactly("a".repeat(16), "a".repeat(16), "a".repeat(8));
    }

    @Test
    void neverCutsAGrapheme() {
        var family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";
        var accent = "e\u0301";
        var flag = "\uD83C\uDDE9\uD83C\uDDEA";
        assertThat(Tokens.of(family.repeat(3))).containsExactly(family, family, family);
        assertThat(Tokens.of("x" + accent.repeat(10))).containsExactly("x" + accent.repeat(7), accent.repeat(3));
        assertThat(Tokens.of("abc" + flag.repeat(6))).containsExactly("abc" + flag.repeat(3), flag.repeat(3));
    }

    @Test
    void keepsOneHugeGraphemeTogether() {
        var zalgo = "e" + "\u0301".repeat(500);
        assertThat(Tokens.of(zalgo + "f")).containsExactly(zalgo, "f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\r\n\r\n", "a b", "日本語の長い文章はここで空白なしに続きます。", "tab\tand\u00a0more", "  lead and trail  "
            })
    void joinsToTheText(String text) {
        assertThat(String.join("", Tokens.of(text))).isEqualTo(text);
        assertThat(Tokens.count(text)).isEqualTo(Tokens.of(text).size());
    }

    @Test
    void joinsToAnyTextAtAll() {
        var die = new Random(7);
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder();
            die.ints(die.nextInt(80), 0, 6)
                    .forEach(kind -> text.appendCodePoint(
                            switch (kind) {
                                case 0 -> ' ';
                                case 1 -> 0x1F600 + die.nextInt(60);
                                case 2 -> 0x0300 + die.nextInt(60);
                                case 3 -> 0x200D;
                                default -> 'a' + die.nextInt(26);
                            }));
            assertThat(String.join("", Tokens.of(text.toString()))).isEqualTo(text.toString());
            assertThat(Tokens.of(text.toString())).allSatisfy(token -> {
                assertThat(Character.isLowSurrogate(token.charAt(0))).isFalse();
                assertThat(Character.isHighSurrogate(token.charAt(token.length() - 1)))
                        .isFalse();
            });
        }
    }
}
