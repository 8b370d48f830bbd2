package io.patchbay.api.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.json.JsonView;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributionTest {
    @Test
    void keepsOneLineOfAReasonableLength() {
        var app = new Attribution.App(
                Optional.of("https://app.example/\r\nX: forged"),
                Optional.of("t".repeat(1_000)),
                Optional.of(" \u0000"));
        var said = new Attribution(Optional.of("ann"), Optional.empty(), Map.of(), app);

        assertThat(said.user()).contains("ann");
        assertThat(app.referer()).contains("https://app.example/  X: forged");
        assertThat(app.title()).contains("t".repeat(256));
        assertThat(app.userAgent()).isEmpty();
    }

    @Test
    void keepsWhatATraceSaysInItsOrderAndNoMoreThanSixteenThings() {
        var many = IntStream.range(0, 20)
                .mapToObj(i -> "\"k" + i + "\":" + i)
                .collect(Collectors.joining(
                        ",", "{\"trace\":{\"trace_id\":\"t-1\",\"nested\":{},\"blank\":\" \",", "}}"));

        var said = new Attribution(
                Optional.empty(), Optional.empty(), Attribution.trace(JsonView.parse(many)), Attribution.App.UNKNOWN);

        assertThat(said.trace()).hasSize(16).containsEntry("trace_id", "t-1").containsEntry("k0", "0");
        assertThat(said.trace().keySet()).startsWith("trace_id", "k0", "k1").doesNotContain("nested", "blank");
    }

    @Test
    void aRequestMaySayNothingOfATrace() {
        assertThat(Attribution.trace(JsonView.parse("{\"trace\":7}"))).isEmpty();
        assertThat(Attribution.trace(JsonView.parse("{}"))).isEmpty();
    }
}
