package io.patchbay.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import org.junit.jupiter.api.Test;

class ModelIdTest {
    @Test
    void readsAuthorNameAndVariant() {
        assertThat(ModelId.parse("openai/gpt-4o")).isEqualTo(new ModelId("openai", "gpt-4o", ""));
        assertThat(ModelId.parse("openai/gpt-oss-20b:free:online"))
                .isEqualTo(new ModelId("openai", "gpt-oss-20b", "free:online"));
        assertThat(ModelId.parse("hf/org/model.v1")).isEqualTo(new ModelId("hf", "org/model.v1", ""));
        assertThat(ModelId.parse("a/b:free")).hasToString("a/b:free");
    }

    @Test
    void refusesOtherTextsAndNamesTheField() {
        for (var text : new String[] {
            "", "gpt-4o", "/x", "a/", "a/b c", "a/b:", "a/b::c", "a:b/c", "a/b\r\nX: y", "a".repeat(300) + "/b"
        }) {
            assertThatThrownBy(() -> ModelId.parse(text))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            refused -> assertThat(refused.failure().field()).contains("model"));
        }
    }
}
