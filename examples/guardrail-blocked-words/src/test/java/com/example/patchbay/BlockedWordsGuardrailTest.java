package com.example.patchbay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.json.JsonView;
import org.junit.jupiter.api.Test;

class BlockedWordsGuardrailTest {
    private static final Subject SUBJECT = new Subject("account", "key");

    private final BlockedWordsGuardrail guardrail = new BlockedWordsGuardrail("Falcon, project x");

    private static ChatRequest saying(String text) {
        return ChatRequest.of(
                JsonView.parse("{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"));
    }

    @Test
    void whatIsListedIsNotSent() {
        assertThatThrownBy(() -> guardrail.enter(SUBJECT, saying("all about PROJECT X")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("Request blocked");
    }

    @Test
    void everythingElseIsLetPass() {
        assertThat(guardrail.enter(SUBJECT, saying("all about project y"))).isEmpty();
    }
}
