package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.ADAPTER;
import static io.patchbay.adapter.gemini.Samples.USER;
import static io.patchbay.adapter.gemini.Samples.body;
import static io.patchbay.adapter.gemini.Samples.chat;
import static io.patchbay.adapter.gemini.Samples.config;
import static io.patchbay.adapter.gemini.Samples.encoded;
import static io.patchbay.adapter.gemini.Samples.endpoint;
import static io.patchbay.adapter.gemini.Samples.json;
import static io.patchbay.adapter.gemini.Samples.request;
import static io.patchbay.adapter.gemini.Samples.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.FailureException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatEncoderTest {
    private static final Endpoint FLASH = endpoint("gemini-2.5-flash", Map.of()).build();

    @Test
    void asksForAWholeAnswer() {
        var request = encoded(chat(USER, ""), FLASH);

        assertThat(request.path()).isEqualTo("/models/gemini-2.5-flash:generateContent");
        assertThat(request.framing()).isEqualTo(Framing.WHOLE);
        assertThat(request.headers().first("x-goog-api-key")).contains("AIza-test");
        assertThat(request.headers().first("Authorization")).isEmpty();
        assertThat(body(chat(USER, ""))).hasToString(json("{'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}"));
    }

    @Test
    void asksForAStreamOfEvents() {
        var request = encoded(chat(USER, ",'stream':true"), FLASH);

        assertThat(request.path()).isEqualTo("/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
        assertThat(request.framing()).isEqualTo(Framing.SSE);
        assertThat(request.headers().first("Accept")).contains("text/event-stream");
    }

    @Test
    void keepsTheWayToAModelThatIsNotGooglesOwn() {
        assertThat(encoded(
                                chat(USER, ""),
                                endpoint("tunedModels/my own", Map.of()).build())
                        .path())
                .isEqualTo("/tunedModels/my%20own:generateContent");
        assertThat(encoded(chat(USER, ""), vertex("gemini-2.5-pro")).path())
                .isEqualTo("/models/gemini-2.5-pro:generateContent");
    }

    @Test
    void showsTokensAsTokens() {
        assertThat(encode(Credential.token(Secret.of("t"))).headers().first("Authorization"))
                .contains("Bearer t");
        assertThat(encode(Credential.apiKey(Secret.of("ya29.abc"))).headers().first("Authorization"))
                .contains("Bearer ya29.abc");
    }

    @Test
    void neverShowsAKeyFile() {
        assertThatThrownBy(() -> encode(Credential.apiKey(Secret.of("{\"type\":\"service_account\"}"))))
                .hasMessageContaining("no token")
                .hasMessageNotContaining("service_account");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'max_tokens':5|{'maxOutputTokens':5}",
                "'max_tokens':5,'max_completion_tokens':6|{'maxOutputTokens':6}",
                "'temperature':1.50|{'temperature':1.50}",
                "'top_p':0.5|{'topP':0.5}",
                "'top_k':3|{'topK':3}",
                "'n':2|{'candidateCount':2}",
                "'seed':7|{'seed':7}",
                "'seed':4294967296|{'seed':1}",
                "'stop':'x'|{'stopSequences':['x']}",
                "'stop':['x','y']|{'stopSequences':['x','y']}",
                "'logprobs':false|{}",
                "'temperature':null,'stop':null|{}",
                "'modalities':['text']|{}",
                "'modalities':['image','text']|{'responseModalities':['IMAGE','TEXT']}",
                "'image_config':{'aspect_ratio':'16:9','image_size':'2K'}|{'imageConfig':{'aspectRatio':'16:9','imageSize':'2K'}}",
                "'response_format':{'type':'text'}|{}",
                "'response_format':{'type':'json_object'}|{'responseMimeType':'application/json'}",
            })
    void saysHowTheAnswerIsToBeMade(String asked, String config) {
        assertThat(config("," + asked, "gemini-2.5-flash")).isEqualTo(json(config));
    }

    @Test
    void saysToOlderModelsWhatNewerOnesRefuse() {
        var asked = ",'presence_penalty':0.1,'frequency_penalty':0.2,'logprobs':true,'top_logprobs':3";

        assertThat(config(asked, "gemini-2.0-flash"))
                .isEqualTo(json("{'presencePenalty':0.1,'frequencyPenalty':0.2,'responseLogprobs':true,'logprobs':3}"));
        assertThat(config(asked, "gemini-2.5-flash")).isEqualTo("{}");
        assertThat(encoded(chat(USER, asked), FLASH).dropped())
                .containsExactly("presence_penalty", "frequency_penalty", "logprobs", "top_logprobs");
        assertThat(encoded(chat(USER, asked), vertex("gemini-2.5-flash")).dropped())
                .containsExactly("presence_penalty", "frequency_penalty");
    }

    @Test
    void asksForJsonInWordsWhereAModelWithToolsCantBeBoundToIt() {
        var asked = ",'tools':[{'type':'function','function':{'name':'f'}}],'response_format':"
                + "{'type':'json_schema','json_schema':{'name':'x','schema':{'type':'object'}}}";

        var older = body(chat(USER, asked));
        assertThat(older.get("systemInstruction").toString())
                .contains("Unless you call a function")
                .contains("{\\\"type\\\":\\\"object\\\"}");
        assertThat(older.has("generationConfig")).isFalse();
        assertThat(encoded(chat(USER, asked), FLASH).dropped()).containsExactly("response_format");
        var newer = body(chat(USER, asked), "gemini-3-flash-preview");
        assertThat(newer.has("systemInstruction")).isFalse();
        assertThat(newer.getAsJsonObject("generationConfig").has("responseJsonSchema"))
                .isTrue();
    }

    @Test
    void bindsTheAnswerToASchemaOfEitherKind() {
        var format = ",'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':%s}}";

        assertThat(config(
                        format.formatted("{'$schema':'s','type':'object','additionalProperties':false}"),
                        "gemini-2.5-flash"))
                .isEqualTo(json("{'responseMimeType':'application/json',"
                        + "'responseJsonSchema':{'type':'object','additionalProperties':false}}"));
        assertThat(config(format.formatted("{'type':'OBJECT'}"), "gemini-2.5-flash"))
                .isEqualTo(json("{'responseMimeType':'application/json','responseSchema':{'type':'OBJECT'}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'response_format':{'type':'grammar'}|response_format.type",
                "'response_format':{'type':'json_schema','json_schema':{'name':'x'}}|response_format.json_schema.schema",
                "'modalities':['audio']|modalities",
                "'tools':[{'type':'magic'}]|tools[0].type",
                "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'sometimes'|tool_choice",
                "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'magic'}|tool_choice.type",
            })
    void refusesWhatMakesNoSense(String asked, String field) {
        assertThatThrownBy(() -> body(chat(USER, "," + asked)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().field()).contains(field));
    }

    @Test
    void saysWhatItLeavesOut() {
        var asked = ",'logit_bias':{'1':1},'min_p':0.1,'user':'u','temperature':1,'parallel_tool_calls':false,"
                + "'verbosity':'low','top_p':null,'metadata':{'a':'b'}";

        assertThat(encoded(chat(USER, asked), FLASH).dropped())
                .containsExactly("logit_bias", "min_p", "parallel_tool_calls", "verbosity");
        assertThat(encoded(chat(USER, ",'parallel_tool_calls':true,'reasoning':{'effort':'low'}"), FLASH)
                        .dropped())
                .isEmpty();
    }

    @Test
    void saysWhichSmallWishesItLeavesOut() {
        var foreign = "{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}},"
                + "{'type':'image_url','image_url':{'url':'https://a/b.png','detail':'high'}}]},"
                + "{'role':'assistant','name':'Bob','content':'b','reasoning_details':[{'type':'reasoning.text',"
                + "'text':'t','signature':'s','format':'anthropic-claude-v1'}]}";
        var own = USER + ",{'role':'assistant','content':'b','reasoning':'t','reasoning_details':["
                + "{'type':'reasoning.encrypted','data':'d','format':'google-gemini-v1','id':'text:0:1'}]}";
        var strict = ",'tools':[{'type':'function','function':{'name':'f','strict':true}}]";

        assertThat(encoded(chat(foreign, strict), FLASH).dropped())
                .containsExactly(
                        "messages.reasoning_details",
                        "messages.cache_control",
                        "messages.image_url.detail",
                        "messages.name",
                        "tools.function.strict");
        assertThat(encoded(chat(own, ""), FLASH).dropped()).isEmpty();
    }

    @Test
    void saysThatNobodyIsMadeToSearch() {
        var asked = ",'tools':[{'type':'google_search'}],'tool_choice':";

        assertThat(encoded(chat(USER, asked + "'required'"), FLASH).dropped()).containsExactly("tool_choice");
        assertThat(encoded(chat(USER, asked + "'none'"), FLASH).dropped()).containsExactly("tool_choice");
        assertThat(encoded(chat(USER, ",'tool_choice':'none'"), FLASH).dropped())
                .isEmpty();
    }

    @Test
    void saysThatAModelWithoutThoughtsWasNotAskedForAny() {
        var old = endpoint("gemini-2.0-flash", Map.of()).build();

        var request = encoded(chat(USER, ",'reasoning':{'effort':'low'}"), old);

        assertThat(request.dropped()).containsExactly("reasoning");
        assertThat(body(chat(USER, ",'reasoning':{'effort':'low'}"), old).has("generationConfig"))
                .isFalse();
    }

    @Test
    void leavesOutWhatTheOperatorSays() {
        var provider =
                endpoint("gemini-2.5-flash", Map.of("drop", "seed, top_k")).build();

        var request = encoded(chat(USER, ",'seed':1,'top_k':2,'top_p':0.5"), provider);

        assertThat(request.dropped()).containsExactly("seed", "top_k");
        assertThat(body(chat(USER, ",'seed':1,'top_k':2,'top_p':0.5"), provider).get("generationConfig"))
                .hasToString(json("{'topP':0.5}"));
    }

    @Test
    void setsTheThresholdOfSafetyThatTheOperatorWants() {
        var provider = endpoint("gemini-2.5-flash", Map.of("safety-threshold", "BLOCK_NONE"))
                .build();

        var settings = body(chat(USER, ""), provider).getAsJsonArray("safetySettings");

        assertThat(settings).hasSize(4);
        assertThat(settings.get(0))
                .hasToString(json("{'category':'HARM_CATEGORY_HARASSMENT','threshold':'BLOCK_NONE'}"));
    }

    private static UpstreamRequest encode(Credential credential) {
        return ADAPTER.encode(request(chat(USER, "")), FLASH, credential);
    }
}
