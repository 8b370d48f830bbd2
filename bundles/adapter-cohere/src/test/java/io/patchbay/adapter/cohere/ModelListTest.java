package io.patchbay.adapter.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {
    @Test
    void asksForModelsThatChat() {
        var request =
                Samples.ADAPTER.encode(Provider.builder("cohere", "cohere").build(), Credential.apiKey(Secret.of("k")));

        assertThat(request.toString()).isEqualTo("GET /v1/models?endpoint=chat&page_size=1000");
        assertThat(request.headers().first("Authorization")).contains("Bearer k");
    }

    @Test
    void leavesOutThoseThatDoNotChatOrAreGone() {
        assertThat(Samples.ADAPTER.decode(("{\"models\":[{\"name\":\"a\",\"endpoints\":[\"chat\",\"generate\"]},"
                                + "{\"name\":\"b\",\"endpoints\":[\"embed\"]},{\"name\":\"c\",\"is_deprecated\":true},"
                                + "{\"name\":\"d\",\"is_deprecated\":false},{\"name\":7}]}")
                        .getBytes(UTF_8)))
                .containsExactly("a", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "<html>", "{\"models\":null}"})
    void failsOnAnythingElse(String body) {
        assertThat(catchThrowableOfType(FailureException.class, () -> Samples.ADAPTER.decode(body.getBytes(UTF_8)))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.MALFORMED_ANSWER);
    }
}
