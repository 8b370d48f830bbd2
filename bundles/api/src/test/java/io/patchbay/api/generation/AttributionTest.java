package io.patchbay.api.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttributionTest {
    @Test
    void keepsOneLineOfAReasonableLength() {
        var app = new Attribution.App(
                Optional.of("https://app.example/\r\nX: forged"),
                Optional.of("t".repeat(1_000)),
                Optional.of(" \u0000"));
        var said = new Attribution(Optional.of("ann"), Optional.empty(), app);

        assertThat(said.user()).contains("ann");
        assertThat(app.referer()).contains("https://app.example/  X: forged");
        assertThat(app.title()).contains("t".repeat(256));
        assertThat(app.userAgent()).isEmpty();
    }
}
