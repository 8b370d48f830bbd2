package io.patchbay.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.access.Access;
import io.patchbay.api.access.Admission;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.Rules;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.testkit.QuietHealth;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsEndpointTest {
    private static final Price PRICE = Price.builder()
            .perMillion(Unit.PROMPT, new BigDecimal("2.50"))
            .perMillion(Unit.COMPLETION, new BigDecimal("10"))
            .perMillion(Unit.CACHE_READ, new BigDecimal("0.25"))
            .each(Unit.WEB_SEARCH, new BigDecimal("0.010"))
            .above(200_000, Map.of(Unit.PROMPT, new BigDecimal("0.000005")))
            .build();

    private static final Endpoint SEES = endpoint("acme", "acme/sees")
            .price(PRICE)
            .inputModalities(Set.of("image", "text", "audio"))
            .outputModalities(Set.of("text"))
            .supportedParameters(Set.of("tools", "seed"))
            .quantization("fp8")
            .knowledgeCutoff("2025-06-30")
            .contextLength(1000)
            .build();
    private static final Endpoint DEARER = endpoint("other", "acme/sees")
            .price(Price.perMillionTokens(new BigDecimal("9"), new BigDecimal("9")))
            .inputModalities(Set.of("text", "file"))
            .contextLength(2000)
            .tokenizer("Llama3")
            .build();
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final Endpoint CHEAP = Endpoint.builder(
                    ModelId.parse("zoo/cheap"),
                    Provider.builder("zoo", "openai")
                            .retainsPrompts(false)
                            .region("eu")
                            .build())
            .price(Price.perMillionTokens(new BigDecimal("0.5"), BigDecimal.ONE))
            .contextLength(500)
            .created(NOW.minus(Duration.ofDays(5)).getEpochSecond())
            .build();
    private static final Endpoint UNPRICED = endpoint("other", "acme/dark").build();
    private static final Endpoint UNPRICED_TOO = endpoint("dark", "acme/sees").build();

    @Test
    void pricesAreDollarsForOneTokenAsExactStrings() {
        var pricing = listed(SEES).getAsJsonObject("pricing");

        assertThat(pricing)
                .hasToString("{\"prompt\":\"0.0000025\",\"completion\":\"0.00001\",\"request\":\"0\","
                        + "\"web_search\":\"0.01\",\"input_cache_read\":\"0.00000025\","
                        + "\"overrides\":[{\"min_prompt_tokens\":200000,\"prompt\":\"0.000005\"}]}");
    }

    /** Who reckons by OpenRouter's rule, that later ones count more, comes to the same as we. */
    @Test
    void whatHoldsForLongPromptsStandsBehindWhatHoldsForAll() {
        var priced = endpoint("acme", "acme/sees")
                .price(Price.perMillionTokens(new BigDecimal("2"), new BigDecimal("2")).toBuilder()
                        .above(100, Map.of(Unit.PROMPT, new BigDecimal("4")))
                        .during(990, 30, 100, Map.of(Unit.PROMPT, new BigDecimal("3")))
                        .during(990, 30, Map.of(Unit.PROMPT, new BigDecimal("1")))
                        .build())
                .build();

        assertThat(listed(priced).getAsJsonObject("pricing").get("overrides"))
                .hasToString("[{\"utc_start\":1630,\"utc_end\":30,\"prompt\":\"1\"},"
                        + "{\"min_prompt_tokens\":100,\"prompt\":\"4\"},"
                        + "{\"utc_start\":1630,\"utc_end\":30,\"min_prompt_tokens\":100,\"prompt\":\"3\"}]");
    }

    @Test
    void aModelTakesWhatOneOfItsEndpointsTakes() {
        var model = listed(SEES, DEARER);
        var architecture = model.getAsJsonObject("architecture");

        assertThat(architecture.get("modality").getAsString()).isEqualTo("text+image+file+audio->text");
        assertThat(architecture.getAsJsonArray("input_modalities"))
                .hasToString("[\"text\",\"image\",\"file\",\"audio\"]");
        assertThat(architecture.getAsJsonArray("output_modalities")).hasToString("[\"text\"]");
        assertThat(architecture.get("tokenizer").getAsString()).isEqualTo("Llama3");
        assertThat(model.get("knowledge_cutoff").getAsString()).isEqualTo("2025-06-30");
        assertThat(model.get("context_length").getAsLong()).isEqualTo(2000);
    }

    @Test
    void doesNotOfferWhatHasNoPrice() {
        var endpoint = serving(new Known(List.of(UNPRICED, SEES, UNPRICED_TOO)));

        var all = get(endpoint, "/api/v1/models", 200).getAsJsonArray("data");
        assertThat(all)
                .singleElement()
                .satisfies(model -> assertThat(model.getAsJsonObject().get("id").getAsString())
                        .isEqualTo("acme/sees"));
        var refused = get(endpoint, "/api/v1/models/acme/dark", 404).getAsJsonObject("error");
        assertThat(refused.get("message").getAsString()).isEqualTo("No price of the model acme/dark is known.");
        var each = get(endpoint, "/api/v1/models/acme/sees/endpoints", 200)
                .getAsJsonObject("data")
                .getAsJsonArray("endpoints");
        assertThat(each).hasSize(1);
    }

    @Test
    void describesEachEndpointOfAModel() {
        var endpoint = serving(new Known(List.of(SEES, DEARER)));

        var data = get(endpoint, "/api/v1/models/acme/sees/endpoints", 200).getAsJsonObject("data");

        assertThat(data.get("id").getAsString()).isEqualTo("acme/sees");
        var first = data.getAsJsonArray("endpoints").get(0).getAsJsonObject();
        assertThat(first.get("name").getAsString()).isEqualTo("acme | acme/sees");
        assertThat(first.get("tag").getAsString()).isEqualTo("acme");
        assertThat(first.get("quantization").getAsString()).isEqualTo("fp8");
        assertThat(first.get("context_length").getAsLong()).isEqualTo(1000);
        assertThat(first.get("supported_parameters")).hasToString("[\"seed\",\"tools\"]");
        assertThat(first.getAsJsonObject("pricing").get("prompt").getAsString()).isEqualTo("0.0000025");
        var second = data.getAsJsonArray("endpoints").get(1).getAsJsonObject();
        assertThat(second.get("quantization").isJsonNull()).isTrue();
    }

    @Test
    void aModelThatNobodyServesIsNotFound() {
        var endpoint = serving(new Known(List.of()));

        get(endpoint, "/api/v1/models/acme/sees", 404);
        get(endpoint, "/api/v1/models/acme/sees/endpoints", 404);
    }

    @Test
    void filtersAsTheQuerySays() {
        var all = serving(new Known(List.of(SEES, DEARER, CHEAP)));

        assertThat(ids(all, "")).containsExactly("acme/sees", "zoo/cheap");
        assertThat(ids(all, "?q=CHEA")).containsExactly("zoo/cheap");
        assertThat(ids(all, "?supported_parameters=tools,seed")).containsExactly("acme/sees");
        assertThat(ids(all, "?input_modalities=image,file")).containsExactly("acme/sees");
        assertThat(ids(all, "?output_modalities=audio")).isEmpty();
        assertThat(ids(all, "?model_authors=zoo,nobody")).containsExactly("zoo/cheap");
        assertThat(ids(all, "?providers=Other")).containsExactly("acme/sees");
        assertThat(ids(all, "?context=2000")).containsExactly("acme/sees");
        assertThat(ids(all, "?max_price=1")).containsExactly("zoo/cheap");
        assertThat(ids(all, "?min_price=1&max_price=3")).containsExactly("acme/sees");
        assertThat(ids(all, "?max_output_price=9")).containsExactly("zoo/cheap");
        assertThat(ids(all, "?max_age_days=10")).containsExactly("zoo/cheap");
        assertThat(ids(all, "?min_age_days=10")).isEmpty();
        assertThat(ids(all, "?arch=llama3")).containsExactly("acme/sees");
        assertThat(ids(all, "?zdr=true")).containsExactly("zoo/cheap");
        assertThat(ids(all, "?region=eu")).containsExactly("zoo/cheap");
    }

    @Test
    void sortsAsTheQuerySays() {
        var all = serving(new Known(List.of(SEES, DEARER, CHEAP)));

        assertThat(ids(all, "?sort=pricing-low-to-high")).containsExactly("zoo/cheap", "acme/sees");
        assertThat(ids(all, "?sort=context-high-to-low")).containsExactly("acme/sees", "zoo/cheap");
        assertThat(ids(all, "?sort=newest")).containsExactly("zoo/cheap", "acme/sees");
        assertThat(ids(all, "?sort=latency-low-to-high")).containsExactly("acme/sees", "zoo/cheap");
    }

    @Test
    void comesInPagesIfThatIsAskedFor() {
        var all = serving(new Known(List.of(SEES, CHEAP)));

        var first = get(all, "/api/v1/models?limit=1", 200);
        assertThat(first.get("total_count").getAsInt()).isEqualTo(2);
        var next = first.getAsJsonObject("links").get("next").getAsString();
        assertThat(next).isEqualTo("/api/v1/models?offset=1&limit=1");
        var last = get(all, next, 200);
        assertThat(last.getAsJsonArray("data")).hasSize(1);
        assertThat(last.getAsJsonObject("links").get("next").isJsonNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sort=best, sort", "limit=many, limit", "context=-1, context", "category=programming, category"})
    void namesTheParameterThatIsWrong(String query, String parameter) {
        var error = get(serving(new Known(List.of(SEES))), "/api/v1/models?" + query, 400)
                .getAsJsonObject("error");

        assertThat(error.get("param").getAsString()).isEqualTo(parameter);
    }

    @Test
    void tellsHowAnEndpointHasFaredOfLate() {
        var flex = SEES.atServiceTier("flex", PRICE);

        var data = get(serving(new Known(List.of(SEES, flex))), "/api/v1/models/acme/sees/endpoints", 200)
                .getAsJsonObject("data")
                .getAsJsonArray("endpoints");

        var usual = data.get(0).getAsJsonObject();
        assertThat(usual.get("uptime_last_30m").getAsInt()).isEqualTo(75);
        assertThat(usual.getAsJsonObject("latency_last_30m").get("p50").getAsDouble())
                .isEqualTo(0.5);
        assertThat(usual.get("throughput_last_30m").isJsonNull()).isTrue();
        assertThat(usual.get("supports_implicit_caching").getAsBoolean()).isTrue();
        assertThat(data.get(1).getAsJsonObject().get("tag").getAsString()).isEqualTo("acme/flex");
    }

    @Test
    void theOtherListsAreThereToo() {
        var all = serving(new Known(List.of(SEES, CHEAP)));

        assertThat(get(all, "/api/v1/models/count", 200)
                        .getAsJsonObject("data")
                        .get("count")
                        .getAsInt())
                .isEqualTo(2);
        assertThat(get(all, "/api/v1/embeddings/models", 200).getAsJsonArray("data"))
                .isEmpty();
        assertThat(get(all, "/api/v1/endpoints/zdr", 200).getAsJsonArray("data"))
                .singleElement()
                .satisfies(endpoint -> assertThat(
                                endpoint.getAsJsonObject().get("model_id").getAsString())
                        .isEqualTo("zoo/cheap"));
        assertThat(get(all, "/api/v1/model/acme/sees", 200)
                        .getAsJsonObject("data")
                        .get("id")
                        .getAsString())
                .isEqualTo("acme/sees");
        assertThat(get(all, "/api/v1/parameters/acme/sees", 200).getAsJsonObject("data"))
                .hasToString("{\"model\":\"acme/sees\",\"supported_parameters\":[\"seed\",\"tools\"]}");
        get(all, "/api/v1/models/user", 401);
    }

    private static List<String> ids(ModelsEndpoint endpoint, String query) {
        return get(endpoint, "/api/v1/models" + query, 200).getAsJsonArray("data").asList().stream()
                .map(model -> model.getAsJsonObject().get("id").getAsString())
                .toList();
    }

    private static ModelsEndpoint serving(Catalog catalog) {
        return new ModelsEndpoint(catalog, new Lately(), new NoKeys(), InstantSource.fixed(NOW));
    }

    /** Of all attempts three of four have answered, in half a second. */
    private static final class Lately extends QuietHealth {
        @Override
        public Window window(String endpointId, Span span) {
            return new Window(3, 1, 0, Optional.of(new Percentiles(0.5, 0.5, 0.5, 0.5, 0.5)), Optional.empty());
        }
    }

    private static final class NoKeys implements Access {
        @Override
        public ApiKey authenticate(Secret secret, String address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ApiKey require(String id) {
            throw new UnsupportedOperationException("no keys by id in this test");
        }

        @Override
        public Rules rules(ApiKey key) {
            return Rules.NONE;
        }

        @Override
        public Admission admit(ApiKey key, long promptTokens) {
            return Admission.UNLIMITED;
        }
    }

    private static JsonObject listed(Endpoint... endpoints) {
        return get(serving(new Known(List.of(endpoints))), "/api/v1/models", 200)
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject();
    }

    private static JsonObject get(ModelsEndpoint endpoint, String path, int status) {
        var response = new RecordingResponse();
        int query = path.indexOf('?');
        var parameters = new HashMap<String, String>();
        Pattern.compile("&")
                .splitAsStream(query < 0 ? "" : path.substring(query + 1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> List.of(pair.split("=", 2)))
                .forEach(pair -> parameters.put(pair.get(0), pair.get(1)));
        endpoint.handle(new Get(query < 0 ? path : path.substring(0, query), parameters), response);
        assertThat(response.status).isEqualTo(status);
        return JsonParser.parseString(response.text()).getAsJsonObject();
    }

    private static Endpoint.Builder endpoint(String provider, String model) {
        return Endpoint.builder(
                ModelId.parse(model), Provider.builder(provider, "openai").build());
    }

    private record Get(String path, Map<String, String> parameters) implements HttpRequest {
        @Override
        public String id() {
            return "1";
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.ofNullable(parameters.get(name));
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public String remoteAddress() {
            return "::1";
        }

        @Override
        public byte[] body() {
            return new byte[0];
        }

        @Override
        public long arrivedNanos() {
            return 0;
        }
    }

    private record Known(List<Endpoint> all) implements Catalog {
        @Override
        public List<Endpoint> endpoints(ModelId model, String account) {
            return endpoints(model);
        }

        @Override
        public List<Endpoint> endpoints(ModelId model) {
            return all.stream()
                    .filter(endpoint -> endpoint.model().equals(model))
                    .toList();
        }

        @Override
        public List<Endpoint> endpoints() {
            return all;
        }

        @Override
        public List<ProviderStatus> providers() {
            return List.of();
        }
    }
}
