package io.patchbay.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;
import com.google.gson.internal.Streams;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What this parser takes, another parser takes as well, and both read the same. (Not its strictest way: clients that cut a text in the middle of an emoji send half of it.) */
class JsonViewFuzzTest {
    static Stream<byte[]> objects() {
        return Stream.of(
                        "{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",null,true,{}],\"b\":{\"c\":[]}}",
                        " { \"model\" : \"a/b\" , \"n\" : 0 } ",
                        "{\"a\":1,\"a\":2}",
                        "{\"deep\":[[[[[[[[]]]]]]]]}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("objects")
    @FuzzTest(maxDuration = "60m")
    void isStrict(byte[] bytes) {
        JsonView view;
        try {
            view = JsonView.parse(bytes);
        } catch (MalformedJson refused) {
            return;
        }
        assertThat(view.toTree()).isEqualTo(strict(view.toString()));
        view.names().forEach(name -> {
            view.element(name);
            view.string(name);
            view.number(name);
            view.integer(name);
            view.objects(name);
            view.strings(name);
        });
    }

    private static JsonElement strict(String json) {
        var reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.LEGACY_STRICT);
        return Streams.parse(reader);
    }
}
