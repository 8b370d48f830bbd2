package io.patchbay.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.testkit.QuietHealth;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoints are dropped because they can't do what the request asks. */
class RequestNeedsTest {
    private static final Endpoint UNKNOWN = endpoint("unknown").build();
    private static final Endpoint READS = endpoint("reads")
            .inputModalities(Set.of("text"))
            .outputModalities(Set.of("text"))
            .build();
    private static final Endpoint SEES =
            endpoint("sees").inputModalities(Set.of("text", "image")).build();
    private static final Endpoint ALL = endpoint("all")
            .inputModalities(Set.of("text", "image", "file", "audio", "video"))
            .build();

    private final RoutePlanner router =
            new RoutePlanner(new QuietHealth(), EjectionLimits.DEFAULT, "price", () -> new Random(1));

    @Test
    void sendsEmbeddingsToWhatGivesThemAndChatsToAllElse() {
        var embeds = endpoint("embeds").outputModalities(Set.of("embeddings")).build();
        var choices = List.of(Choice.of(List.of(embeds, READS, UNKNOWN)));

        var embeddings =
                router.plan(RoutingRequest.builder(EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\"}")), choices)
                        .build());
        var chat = router.plan(RoutingRequest.builder(ChatRequest.of(JsonView.parse("{\"messages\":[]}")), choices)
                .build());

        assertThat(reason(embeddings, "reads")).isEqualTo("does not give embeddings");
        assertThat(kept(embeddings)).contains("embeds", "unknown");
        assertThat(reason(chat, "embeds")).isEqualTo("gives embeddings only");
        assertThat(kept(chat)).contains("reads", "unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "image_url, 'does not take images', ''",
        "file, 'does not take files', 'does not take files'",
        "input_audio, 'does not take audio', 'does not take audio'",
        "video_url, 'does not take video', 'does not take video'",
        "text, '', ''",
        "refusal, '', ''",
    })
    void dropsWhatDoesNotTakeWhatTheMessagesHold(String type, String ofReads, String ofSees) {
        var chat =
                "{\"messages\":[{\"role\":\"system\",\"content\":\"be kind\"},{\"role\":\"assistant\",\"content\":null},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"look\"},{\"type\":\"" + type
                        + "\"}]}]}";

        var route = plan(chat, "{}", UNKNOWN, READS, SEES, ALL);

        assertThat(reason(route, "reads")).isEqualTo(ofReads);
        assertThat(reason(route, "sees")).isEqualTo(ofSees);
        assertThat(kept(route)).contains("unknown", "all");
    }

    @Test
    void dropsWhatDoesNotGiveWhatTheAnswerIsToHold() {
        var route = plan("{\"modalities\":[\"text\",\"image\"]}", "{}", UNKNOWN, READS);

        assertThat(reason(route, "reads")).isEqualTo("does not give images");
        assertThat(kept(route)).containsExactly("unknown");
        assertThat(kept(plan("{\"modalities\":[\"text\"]}", "{}", READS))).containsExactly("reads");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"logit_bias\":{\"1\":2}} | does not support logit_bias",
                "{\"seed\":1} | does not support seed",
                "{\"stop\":[\"x\"]} | does not support stop",
                "{\"tools\":[{}]} | does not support tools",
                "{\"reasoning_effort\":\"low\"} | does not support reasoning_effort",
                "{\"response_format\":{\"type\":\"json_object\"}} | does not support response_format",
                "{\"response_format\":{\"type\":\"json_schema\"}} | does not support structured_outputs",
                "{\"response_format\":{\"type\":\"text\"}} | ''",
                "{\"temperature\":0,\"max_completion_tokens\":9} | ''",
                "{\"seed\":null,\"stop\":[],\"tools\":[],\"logit_bias\":{},\"logprobs\":false} | ''",
                "{\"functions\":[{}]} | does not support tools",
                "{\"function_call\":{\"name\":\"f\"}} | does not support tool_choice",
                "{\"reasoning\":{\"effort\":\"low\"}} | does not support reasoning",
                "{\"reasoning\":{\"effort\":\"none\"}} | ''",
                "{\"reasoning\":{\"enabled\":false}} | ''",
                "{\"reasoning_effort\":\"none\"} | ''",
                "{\"top_p\":1,\"presence_penalty\":0,\"tool_choice\":\"auto\",\"parallel_tool_calls\":true} | ''",
                "{\"user\":\"me\",\"stream\":true,\"something_new\":1} | ''",
            })
    void dropsWhatLacksARequiredParameter(String chat, String reason) {
        var plain = endpoint("plain")
                .supportedParameters(Set.of("temperature", "max_tokens"))
                .build();

        var route = plan(chat, "{\"require_parameters\":true}", plain, UNKNOWN);

        assertThat(reason(route, "plain")).isEqualTo(reason);
        assertThat(kept(route)).contains("unknown");
    }

    @Test
    void aParameterThatIsNotRequiredIsNoReasonToDropAnything() {
        var plain = endpoint("plain").supportedParameters(Set.of("max_tokens")).build();
        var other = endpoint("other").supportedParameters(Set.of("seed")).build();

        assertThat(kept(plan("{\"seed\":1}", "{}", plain, other))).containsExactly("plain", "other");
    }

    @Test
    void toolsAreNeededWhereAnybodyHasThem() {
        var plain = endpoint("plain").supportedParameters(Set.of("seed")).build();
        var able = endpoint("able").supportedParameters(Set.of("tools")).build();
        var chat = "{\"tools\":[{\"type\":\"function\"}]}";

        var route = plan(chat, "{}", plain, able, UNKNOWN);
        assertThat(kept(route)).containsExactly("able", "unknown");
        assertThat(reason(route, "plain")).isEqualTo("does not support tools, others do");

        assertThat(kept(plan("{\"functions\":[{}]}", "{}", plain, able))).containsExactly("able");
        assertThat(kept(plan(chat, "{}", plain, UNKNOWN))).containsExactly("plain", "unknown");
        assertThat(kept(plan(chat, "{\"ignore\":[\"able\"]}", plain, able))).containsExactly("plain");
        assertThat(kept(plan(chat, "{\"order\":[\"plain\"],\"allow_fallbacks\":false}", plain, able)))
                .containsExactly("plain");
        assertThat(kept(plan("{\"tools\":[]}", "{}", plain, able))).containsExactly("plain", "able");
    }

    @Test
    void preferencesNeverLeaveNothing() {
        var tools = endpoint("tools").supportedParameters(Set.of("tools")).build();
        var format = endpoint("format")
                .supportedParameters(Set.of("response_format"))
                .build();

        var route = plan("{\"tools\":[{}],\"response_format\":{\"type\":\"json_object\"}}", "{}", tools, format);

        assertThat(kept(route)).containsExactly("tools");
    }

    @Test
    void dropsWhatIsTooShortForThePromptOrTheAnswer() {
        var small = endpoint("small")
                .contextLength(4_000)
                .maxCompletionTokens(1_000)
                .build();
        var large = endpoint("large")
                .contextLength(100_000)
                .maxCompletionTokens(8_000)
                .build();

        var longPrompt = plan(9_000, "{}", "{}", small, large);
        assertThat(kept(longPrompt)).containsExactly("large");
        assertThat(reason(longPrompt, "small")).isEqualTo("its context is too short");

        var longAnswer = plan(10, "{\"max_tokens\":2000}", "{}", small, large);
        assertThat(kept(longAnswer)).containsExactly("large");
        assertThat(reason(longAnswer, "small")).isEqualTo("does not write as many tokens");
    }

    @Test
    void whereThePromptMayOrMayNotFitItIsTriedOnlyIfNobodyHasMoreRoom() {
        var small = endpoint("small").contextLength(4_000).build();
        var large = endpoint("large").contextLength(100_000).build();

        assertThat(reason(plan(5_000, "{}", "{}", small, large), "small"))
                .isEqualTo("its context may be too short, others' is not");
        assertThat(kept(plan(5_000, "{}", "{}", small))).containsExactly("small");
    }

    private Route plan(String chat, String preferences, Endpoint... endpoints) {
        return plan(1, chat, preferences, endpoints);
    }

    private Route plan(long promptTokens, String chat, String preferences, Endpoint... endpoints) {
        return router.plan(
                RoutingRequest.builder(ChatRequest.of(JsonView.parse(chat)), List.of(Choice.of(List.of(endpoints))))
                        .preferences(ProviderPreferences.parse(JsonView.parse(preferences)))
                        .tokens(promptTokens, 1)
                        .build());
    }

    private static List<String> kept(Route route) {
        return route.candidates().stream()
                .map(candidate -> candidate.endpoint().provider().name())
                .toList();
    }

    private static String reason(Route route, String provider) {
        return route.dropped().stream()
                .filter(candidate -> candidate.endpoint().provider().name().equals(provider))
                .map(candidate -> candidate.reason())
                .findFirst()
                .orElse("");
    }

    private static Endpoint.Builder endpoint(String provider) {
        return Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder(provider, "openai").build())
                .price(Price.FREE);
    }
}
