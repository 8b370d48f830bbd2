package io.patchbay.adapter.mistral;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DroppedFieldsTest {
    private static final String TOOL = "'tools':[{'type':'function','function':{'name':'f','strict':true}}]";

    @Test
    void saysAllThatMistralKnows() {
        assertThat(dropped(TOOL + ",'tool_choice':'required','parallel_tool_calls':false,'temperature':0.5,'top_p':0.5,"
                        + "'seed':1,'frequency_penalty':0.5,'presence_penalty':0.5,'n':2,'stop':['x'],"
                        + "'max_completion_tokens':9,'response_format':{'type':'json_object'},"
                        + "'reasoning':{'effort':'high','exclude':true},'include_reasoning':false"))
                .isEmpty();
    }

    @Test
    void namesWhatMistralDoesNotKnow() {
        assertThat(
                        dropped(
                                "'logit_bias':{'1':2},'logprobs':true,'top_logprobs':2,'top_k':3,'min_p':0.1,'verbosity':'low'"))
                .containsExactly("logit_bias", "logprobs", "top_logprobs", "top_k", "min_p", "verbosity");
    }

    @Test
    void namesWhatTheOperatorDoesNotWantToBeSentAndThoughtsThatAModelDoesNotHave() {
        var endpoint = endpoint(Map.of("drop", "seed,random_seed")).toBuilder()
                .supportedParameters(Set.of("temperature"))
                .build();

        assertThat(dropped("'seed':1,'reasoning':{'effort':'high'}", endpoint)).containsExactly("seed", "reasoning");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'messages':[{'role':'system','content':'a','name':'x'}]|messages.name",
                "'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}]}]"
                        + "|messages.cache_control",
                "'messages':[{'role':'assistant','content':'a','reasoning_details':[{'type':'reasoning.encrypted','data':'x'}]}]"
                        + "|messages.reasoning_details",
                "'tools':[{'type':'function','function':{'name':'f'},'cache_control':{'type':'ephemeral'}}]|tools.cache_control",
            })
    void namesWhatMessagesAndToolsHoldBesides(String members, String dropped) {
        assertThat(dropped(members)).containsExactly(dropped);
    }

    @Test
    void sendsNothingOfCachingWithTools() {
        var request =
                request("'tools':[{'type':'function','function':{'name':'f'},'cache_control':{'type':'ephemeral'}}]");
        var body = new MistralAdapter().encode(request, endpoint(Map.of()), Credential.none());

        assertThat(JsonView.parse(body.body()).objects("tools"))
                .singleElement()
                .hasToString("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}");
    }

    private static List<String> dropped(String members) {
        return dropped(members, endpoint(Map.of()));
    }

    private static List<String> dropped(String members, Endpoint endpoint) {
        return new MistralAdapter()
                .encode(request(members), endpoint, Credential.none())
                .dropped();
    }

    private static ChatRequest request(String members) {
        var messages = members.contains("'messages'") ? "" : "'messages':[{'role':'user','content':'a'}],";
        return ChatRequest.of(JsonView.parse(("{" + messages + members + "}").replace('\'', '"')));
    }

    private static Endpoint endpoint(Map<String, String> options) {
        return Endpoint.builder(
                        new ModelId("a", "b", ""),
                        Provider.builder("p", "mistral").options(options).build())
                .upstreamModel("mistral-small-latest")
                .build();
    }
}
