package io.patchbay.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonViewTest {
    private static final String SAMPLE = """
            {"model": "a/b", "n": 3, "t": 0.75, "stream": true, "nothing": null, "stop": ["x", "y\\n"],
             "messages": [{"role": "user", "content": "Grüße \\"Welt\\" \\ud83d\\ude00 😀"}, 7, {"role": "x"}],
             "deep": {"a": {"b": [1, [2, {"c": {}}]]}}, "empty": {}}""";

    @Test
    void readsMembersByName() {
        var view = JsonView.parse(SAMPLE);

        assertThat(view.string("model")).contains("a/b");
        assertThat(view.integer("n")).hasValue(3);
        assertThat(view.integer("t")).isEmpty();
        assertThat(view.number("t").orElseThrow()).isEqualByComparingTo("0.75");
        assertThat(view.isTrue("stream")).isTrue();
        assertThat(view.kind("nothing")).contains(JsonKind.NULL);
        assertThat(view.kind("missing")).isEmpty();
        assertThat(view.strings("stop")).containsExactly("x", "y\n");
        assertThat(view.elementKinds("messages")).containsExactly(JsonKind.OBJECT, JsonKind.NUMBER, JsonKind.OBJECT);
    }

    @Test
    void readsObjectsInsideArraysAndDecodesTheirText() {
        var messages = JsonView.parse(SAMPLE).objects("messages");

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).string("content")).contains("Grüße \"Welt\" 😀 😀");
        assertThat(messages.get(1).string("role")).contains("x");
    }

    @Test
    void agreesWithATreeParser() {
        assertThat(JsonView.parse(SAMPLE).toTree()).isEqualTo(JsonParser.parseString(SAMPLE));
        assertThat(JsonView.parse(SAMPLE).element("deep"))
                .contains(JsonParser.parseString(SAMPLE).getAsJsonObject().get("deep"));
    }

    @Test
    void toleratesAByteOrderMarkAndWhiteSpaceAround() {
        assertThat(JsonView.parse("\uFEFF \n {\"a\":1} \r\n").integer("a")).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"a\"",
                "null",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1}x",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"b}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":1,\"a\":2}",
                "{/*c*/\"a\":1}"
            })
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> JsonView.parse(text))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("at byte");
    }

    @Test
    void refusesInvalidUtf8() {
        for (var bad : new int[][] {{0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0x80}, {0xE2, 0x82}}) {
            var bytes = "{\"a\":\"....\"}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bad.length; i++) {
                bytes[6 + i] = (byte) bad[i];
            }
            assertThatThrownBy(() -> JsonView.parse(bytes)).isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void refusesNestingWithoutABottom() {
        var deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThatThrownBy(() -> JsonView.parse(deep))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("nested deeper");
        assertThat(JsonView.parse("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}")
                        .has("a"))
                .isTrue();
    }

    @Test
    void refusesANameTwiceInAnObjectHoweverDeepAndHoweverWritten() {
        for (var twice : new String[] {
            "{\"a\":1,\"b\":2,\"a\":3}",
            "{\"x\":{\"a\":1,\"a\":2}}",
            "{\"x\":[[{\"y\":{\"a\":1,\"a\":2}}]]}",
            "{\"model\":1,\"mod\\u0065l\":2}",
            "{\"x\":{\"mod\\u0065l\":1,\"model\":2}}"
        }) {
            assertThatThrownBy(() -> JsonView.parse(twice))
                    .as(twice)
                    .isInstanceOf(MalformedJson.class)
                    .hasMessageContaining("twice");
        }
        assertThat(JsonView.parse("{\"x\":{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]},\"a\":1}")
                        .names())
                .containsExactly("x", "a");
    }

    @Test
    void findsANameThatIsWrittenWithEscapes() {
        var view = JsonView.parse("{\"mod\\u0065l\":\"a/b\",\"n\":1}");

        assertThat(view.string("model")).contains("a/b");
        assertThat(view.rewrite().set("model", "c").toView().toString()).isEqualTo("{\"model\":\"c\",\"n\":1}");
    }

    @Test
    @Timeout(20)
    void manyMembersTakeNoMoreThanTheirShare() {
        for (var form : new String[] {"{%s}", "{\"x\":{%s}}"}) {
            var many = members(90_000);

            assertThat(JsonView.parse(form.formatted(many)).names()).isNotEmpty();
            assertThatThrownBy(() -> JsonView.parse(form.formatted(many + ",\"7\":1")))
                    .hasMessageContaining("twice");
            assertThatThrownBy(() -> JsonView.parse(form.formatted(members(200_000))))
                    .hasMessageContaining("too many members");
        }
        var siblings = "{\"x\":[" + ("{" + members(10_000) + "},").repeat(20) + "1]}";
        assertThat(JsonView.parse(siblings).objects("x")).hasSize(20);
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(","));
    }

    @Test
    void aDocumentHasAnEnd() {
        assertThatThrownBy(() -> JsonView.parse("{\"a\":[" + "{},".repeat(1_000_000) + "1]}"))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("values");
    }

    @Test
    void survivesRandomDamage() {
        var random = new Random(42);
        var sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            var damaged = sample.clone();
            for (int hit = 0; hit < 1 + random.nextInt(3); hit++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                var view = JsonView.parse(damaged);
                assertThat(view.toTree().size()).isEqualTo(view.names().size());
            } catch (MalformedJson refused) {
                assertThat(refused.offset()).isBetween(0, damaged.length);
            }
        }
    }

    @Test
    void hugeNumbersAreNotIntegers() {
        var view = JsonView.parse("{\"a\":1e999,\"b\":1e9999999999,\"c\":1e3,\"d\":9223372036854775808}");

        assertThat(view.integer("a")).isEmpty();
        assertThat(view.integer("b")).isEmpty();
        assertThat(view.integer("c")).hasValue(1000);
        assertThat(view.integer("d")).isEmpty();
    }

    @Test
    void rewritesMembersAndKeepsTheOthersByteForByte() {
        var view = JsonView.parse("{\"a\": [1,  2], \"b\":\"x\",\"c\" : 1.50, \"d\":null}");

        var rewritten = view.rewrite()
                .set("b", "é\"")
                .remove("d")
                .rename("c", "e")
                .set("n", 7)
                .toBytes();

        assertThat(new String(rewritten, StandardCharsets.UTF_8))
                .isEqualTo("{\"a\": [1,  2],\"b\":\"é\\\"\",\"e\":1.50,\"n\":7}");
    }

    @Test
    void rewritesToNothingAndFromNothing() {
        assertThat(JsonView.parse("{\"a\":1}").rewrite().remove("a").toView().names())
                .isEmpty();
        assertThat(JsonView.parse("{}").rewrite().set("a", 1).toView().integer("a"))
                .hasValue(1);
    }

    @Test
    void quotesTextSoThatAnyParserReadsItBack() {
        var text = "a\"b\\c\n\u0001\u2028é😀</script>";

        assertThat(JsonParser.parseString(JsonAppender.quote(text)).getAsString())
                .isEqualTo(text);
    }
}
