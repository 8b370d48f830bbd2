package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.completion;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How clients call models, and what is sent then. */
class ModelNamesTest {
    private static final List<String> MODELS = List.of(
            "ant/claude-sonnet-4.5:9",
            "ant/claude-3.5-sonnet:3",
            "ant/claude-sonnet-5-thinking-tuned:11",
            "ant/claude-opus-4.1:8",
            "oai/gpt-5.1:7",
            "oai/gpt-4o:2",
            "oai/gpt-5.1-mini:10",
            "oai/gpt-5-mini:6");

    @ParameterizedTest
    @CsvSource({
        "~ant/claude-sonnet-latest, ant/claude-sonnet-4.5",
        "~ant/claude-opus-latest,   ant/claude-opus-4.1",
        "~oai/gpt-latest,           oai/gpt-5.1",
        "~oai/gpt-mini-latest,      oai/gpt-5.1-mini",
        "~oai/gpt-latest:nitro,     oai/gpt-5.1"
    })
    void theNewestOfAFamily(String named, String model) {
        try (var here = new Installation()) {
            MODELS.forEach(each -> here.endpoints.add(dated(each)));
            here.install(ScriptedModel.saying(e -> List.of(completion("fine"))));

            var record = here.ask(body(named, "")).await();

            assertThat(record.attempts().get(0).endpoint().model()).hasToString(model);
            assertThat(record.requestedModel()).isEqualTo(named);
        }
    }

    @Test
    void aFamilyThatNobodyServesIsNotFound() {
        try (var here = new Installation("a:m/one")) {
            var heard = here.ask(body("~m/two-latest", ""));
            heard.await();

            assertThat(heard.failure.kind()).isEqualTo(FailureKind.MODEL_NOT_FOUND);
        }
    }

    @Test
    void aThinkingModelIsToldToThink() {
        assertThat(sent("m/one:thinking", "")).contains("\"reasoning\":{\"enabled\":true}");
        assertThat(sent("m/one:thinking", ",\"reasoning_effort\":\"low\"")).doesNotContain("enabled");
        assertThat(sent("m/one", "")).doesNotContain("reasoning");
    }

    @Test
    void anOnlineModelIsToldToSearch() {
        assertThat(sent("m/one:online", "")).contains("\"web_search_options\":{}");
        assertThat(sent("m/one:online:nitro", ",\"web_search_options\":{\"search_context_size\":\"low\"}"))
                .contains("\"web_search_options\":{\"search_context_size\":\"low\"}");
    }

    @Test
    void nobodyIsAskedToSearchWhoCannot() {
        try (var here = new Installation()) {
            here.endpoints.add(endpoint("a", "m/one", Set.of("temperature")));
            here.endpoints.add(endpoint("b", "m/one", Set.of("web_search_options")));
            here.install(ScriptedModel.saying(e -> List.of(completion("fine"))));

            var record = here.ask(body("m/one:online", "")).await();

            assertThat(record.attempts())
                    .extracting(attempt -> attempt.endpoint().id())
                    .containsExactly("b:m/one");
        }
    }

    @Test
    void aModelThatIsCalledThinkingIsTakenByItsName() {
        try (var here = new Installation("a:m/one", "b:m/one:thinking")) {
            var model = ScriptedModel.saying(e -> List.of(completion("fine")));
            here.install(model);

            here.ask(body("m/one:thinking", "")).await();

            assertThat(model.asked).extracting(Endpoint::id).containsExactly("b:m/one:thinking");
            assertThat(model.requests.get(0).json().has("reasoning")).isFalse();
        }
    }

    /** It would cost the operator twice as much as the client pays. */
    @Test
    void nobodyIsAskedForATierWhosePriceIsNotKnown() {
        assertThat(sent("m/one", ",\"service_tier\":\"priority\"")).doesNotContain("service_tier");
        assertThat(sent("m/one", ",\"service_tier\":\"default\"")).contains("\"service_tier\":\"default\"");
    }

    private static String sent(String named, String more) {
        try (var here = new Installation("a:m/one")) {
            var model = ScriptedModel.saying(e -> List.of(completion("fine")));
            here.install(model);
            here.ask(body(named, more)).await();
            return model.requests.get(0).json().toString();
        }
    }

    private static String body(String named, String more) {
        return "{\"model\":\"" + named + "\",\"messages\":[]" + more + "}";
    }

    private static Endpoint dated(String model) {
        int colon = model.indexOf(':');
        return Endpoint.builder(
                        ModelId.parse(model.substring(0, colon)),
                        Provider.builder("p", "test").build())
                .created(Long.parseLong(model.substring(colon + 1)))
                .build();
    }

    private static Endpoint endpoint(String provider, String model, Set<String> parameters) {
        return Endpoint.builder(
                        ModelId.parse(model), Provider.builder(provider, "test").build())
                .supportedParameters(parameters)
                .build();
    }
}
