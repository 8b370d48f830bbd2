package io.patchbay.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.http.HttpRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
        var endpoint = new ModelsEndpoint(new Known(List.of(UNPRICED, SEES, UNPRICED_TOO)));

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
        var endpoint = new ModelsEndpoint(new Known(List.of(SEES, DEARER)));

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
        var endpoint = new ModelsEndpoint(new Known(List.of()));

        get(endpoint, "/api/v1/models/acme/sees", 404);
        get(endpoint, "/api/v1/models/acme/sees/endpoints", 404);
    }

    private static JsonObject listed(Endpoint... endpoints) {
        return get(new ModelsEndpoint(new Known(List.of(endpoints))), "/api/v1/models", 200)
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject();
    }

    private static JsonObject get(ModelsEndpoint endpoint, String path, int status) {
        var response = new RecordingResponse();
        endpoint.handle(new Get(path), response);
        assertThat(response.status).isEqualTo(status);
        return JsonParser.parseString(response.text()).getAsJsonObject();
    }

    private static Endpoint.Builder endpoint(String provider, String model) {
        return Endpoint.builder(
                ModelId.parse(model), Provider.builder(provider, "openai").build());
    }

    private record Get(String path) implements HttpRequest {
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
            return Optional.empty();
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
