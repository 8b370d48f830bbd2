package io.patchbay.adapter.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {
    @Test
    void asksForTheModels() {
        var request = Samples.ADAPTER.encode(
                Provider.builder("acme", "anthropic").build(), Credential.apiKey(Secret.of("sk-test")));

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/models?limit=1000");
        assertThat(request.headers().first("x-api-key")).contains("sk-test");
        assertThat(request.headers().first("anthropic-version")).contains("2023-06-01");
    }

    @Test
    void readsTheirNames() {
        var body = "{\"data\":[{\"type\":\"model\",\"id\":\"claude-a\",\"display_name\":\"A\"},{\"id\":\"claude-b\"},"
                + "{\"id\":\"claude-a\"},{\"type\":\"model\"}],\"has_more\":false}";

        assertThat(Samples.ADAPTER.decode(body.getBytes(UTF_8))).containsExactly("claude-a", "claude-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"data\":{}}"})
    void failsOnWhatIsNoList(String body) {
        assertThatThrownBy(() -> Samples.ADAPTER.decode(body.getBytes(UTF_8))).isInstanceOf(FailureException.class);
    }
}
