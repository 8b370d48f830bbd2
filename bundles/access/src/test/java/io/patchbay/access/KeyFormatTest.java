package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyFormatTest {
    private static final String ALPHABET = "0123456789abcdefABCDEFxyzXYZ-_. ";

    private final Random random = new Random(7);

    @Test
    void drawsSecretsOfTheDocumentedForm() {
        assertThat(KeyFormat.draw(random).reveal()).matches("sk-pb-v1-[0-9a-f]{64}[0-9A-Za-z]{6}");
    }

    @Test
    void neverDrawsTheSameSecretTwice() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(KeyFormat.draw(random).reveal())).isTrue();
        }
    }

    @Test
    void takesItsOwnSecrets() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(KeyFormat.isMistyped(KeyFormat.draw(random).reveal())).isFalse();
        }
    }

    @Test
    void noticesEverySingleWrongCharacterBehindThePrefix() {
        int prefix = "sk-pb-v1-".length();
        for (int sample = 0; sample < 5; sample++) {
            var secret = KeyFormat.draw(random).reveal();
            for (int position = prefix; position < secret.length(); position++) {
                for (int i = 0; i < ALPHABET.length(); i++) {
                    char wrong = ALPHABET.charAt(i);
                    if (secret.charAt(position) == wrong) {
                        continue;
                    }
                    var mistyped = new StringBuilder(secret);
                    mistyped.setCharAt(position, wrong);
                    assertThat(KeyFormat.isMistyped(mistyped.toString()))
                            .as("%s at %d", wrong, position)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void noticesNeighboursThatChangedPlaces() {
        var secret = KeyFormat.draw(random).reveal();
        for (int position = "sk-pb-v1-".length(); position < secret.length() - 1; position++) {
            char left = secret.charAt(position);
            char right = secret.charAt(position + 1);
            var mistyped = secret.substring(0, position) + right + left + secret.substring(position + 2);
            assertThat(KeyFormat.isMistyped(mistyped)).isEqualTo(left != right);
        }
    }

    @Test
    void doesNotJudgeSecretsOfAnotherForm() {
        assertThat(KeyFormat.isMistyped("a-secret-of-the-operators-own")).isFalse();
        assertThat(KeyFormat.isMistyped("sk-pb-v1-" + "0".repeat(64))).isFalse();
    }

    @Test
    void showsOnlyTheEndsOfASecret() {
        var secret = "sk-pb-v1-abc" + "0".repeat(61) + "xyz123";

        assertThat(KeyFormat.label(secret)).isEqualTo("sk-pb-v1-abc...123");
        assertThat(KeyFormat.label("a-secret-of-the-operators-own")).isEqualTo("a-s...own");
    }
}
