package io.patchbay.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static final Permissions SOME = Permissions.ALL
            .withModels(List.of("OpenAI/*", "meta/llama"))
            .withProviders(List.of("groq", "own"))
            .withRegions(List.of("eu", "us"));

    @Test
    void allowsWhatBothAllow() {
        var both = SOME.and(Permissions.ALL
                .withModels(List.of("openai/gpt", "meta/*", "ant/claude"))
                .withProviders(List.of("own", "xai"))
                .withRegions(List.of("eu"))
                .withDataCollection(false));

        assertThat(both.models()).containsExactlyInAnyOrder("openai/gpt", "meta/llama");
        assertThat(both.providers()).containsExactly("own");
        assertThat(both.regions()).containsExactly("eu");
        assertThat(both.dataCollection()).isFalse();
        assertThat(both.dataRetention()).isTrue();
    }

    @Test
    void rulesThatHaveNothingInCommonAllowNothing() {
        var nothing = SOME.and(Permissions.ALL.withModels(List.of("ant/*")).withProviders(List.of("xai")));

        assertThat(nothing.allow(ModelId.parse("openai/gpt"))).isFalse();
        assertThat(nothing.allow(ModelId.parse("ant/claude"))).isFalse();
        assertThat(nothing.allowProvider("groq")).isFalse();
        assertThat(nothing.allowProvider("xai")).isFalse();
    }

    @Test
    void whatOneLeavesOpenTheOtherDecides() {
        assertThat(SOME.and(Permissions.ALL)).isEqualTo(SOME);
        assertThat(Permissions.ALL.and(SOME)).isEqualTo(SOME);
    }

    @Test
    void caseDoesNotMatter() {
        assertThat(SOME.allow(ModelId.parse("OPENAI/GPT-4"))).isTrue();
        assertThat(SOME.allow(ModelId.parse("Meta/Llama:free"))).isTrue();
        assertThat(SOME.allow(ModelId.parse("meta/other"))).isFalse();
    }

    @Test
    void theKeysStrategyComesBeforeItsAccounts() {
        var account = Account.builder("acme", Instant.EPOCH)
                .strategy(Optional.of("latency"))
                .build();
        var key = ApiKey.builder("id", Instant.EPOCH).account(account);

        assertThat(Rules.of(key.build(), account).strategy()).contains("latency");
        assertThat(Rules.of(key.strategy(Optional.of("price")).build(), account).strategy())
                .contains("price");
    }
}
