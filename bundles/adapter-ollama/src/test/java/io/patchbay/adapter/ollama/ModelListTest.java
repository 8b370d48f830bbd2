package io.patchbay.adapter.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.FailureException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {
    @Test
    void asksForTheModelsThatArePulled() {
        var request =
                Samples.ADAPTER.encode(Provider.builder("ollama", "ollama").build(), Credential.none());

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/api/tags");
    }

    @Test
    void leavesOutWhatDoesNotChat() {
        assertThat(names("{'models':[{'name':'llama3.2:latest','model':'llama3.2:latest','details':{'family':'llama'}},"
                        + "{'name':'nomic-embed-text:latest','details':{'family':'nomic-bert'}},"
                        + "{'name':'embeddinggemma:300m','capabilities':['embedding'],'details':{'family':'gemma3'}},"
                        + "{'name':'qwen3:8b','capabilities':['completion','tools']},{'name':'qwen3:8b'},{}]}"))
                .containsExactly("llama3.2:latest", "qwen3:8b");
    }

    @Test
    void acceptsAnEmptyList() {
        assertThat(names("{'models':[]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{'models':null}", "Ollama is running", "{'models':["})
    void refusesWhatIsNoList(String body) {
        assertThatThrownBy(() -> names(body)).isInstanceOf(FailureException.class);
    }

    private static List<String> names(String body) {
        return Samples.ADAPTER.decode(body.replace('\'', '"').getBytes(UTF_8));
    }
}
