package io.patchbay.adapter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"object\":\"model\"},{\"id\":\"b\"},{\"id\":\"a\"},{}]}",
                "{\"models\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
                "{\"models\":[{\"id\":\"a\",\"name\":\"The A\"},\"b\"]}",
                "[{\"id\":\"a\",\"type\":\"chat\"},{\"id\":\"c\",\"type\":\"embedding\"},{\"id\":\"b\"}]",
                "{\"data\":[{\"id\":\"a\",\"capabilities\":{\"completion_chat\":true}},"
                        + "{\"id\":\"o\",\"capabilities\":{\"completion_chat\":false}},{\"id\":\"b\"}]}",
            })
    void readsEveryShapeOfList(String body) {
        assertThat(Samples.ADAPTER.decode(body.getBytes(UTF_8))).containsExactly("a", "b");
    }

    @Test
    void acceptsAnEmptyList() {
        assertThat(Samples.ADAPTER.decode("{\"data\":[]}".getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"data\":{}}", "<html>", "{\"data\":[", "\"text\""})
    void refusesWhatIsNoList(String body) {
        assertThatThrownBy(() -> Samples.ADAPTER.decode(body.getBytes(UTF_8))).isInstanceOf(FailureException.class);
    }
}
