package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.ADAPTER;
import static io.patchbay.adapter.gemini.Samples.json;
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
    void asksForAllAtOnce() {
        var request =
                ADAPTER.encode(Provider.builder("google", "gemini").build(), Credential.apiKey(Secret.of("AIza-test")));

        assertThat(request.path()).isEqualTo("/models?pageSize=1000");
        assertThat(request.headers().first("x-goog-api-key")).contains("AIza-test");
    }

    @Test
    void namesThoseThatChat() {
        var body = "{'models':[{'name':'models/gemini-2.5-flash','supportedGenerationMethods':['generateContent',"
                + "'countTokens']},{'name':'models/gemini-embedding-001','supportedGenerationMethods':['embedContent']},"
                + "{'name':'models/old'},{'supportedGenerationMethods':['generateContent']}]}";

        assertThat(ADAPTER.decode(json(body).getBytes(UTF_8))).containsExactly("gemini-2.5-flash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{'models':1}"})
    void refusesAnythingElse(String body) {
        assertThatThrownBy(() -> ADAPTER.decode(json(body).getBytes(UTF_8))).isInstanceOf(FailureException.class);
    }
}
