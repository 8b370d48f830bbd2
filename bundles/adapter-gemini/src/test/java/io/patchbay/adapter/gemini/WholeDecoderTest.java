package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.answer;
import static io.patchbay.adapter.gemini.Samples.choice;
import static io.patchbay.adapter.gemini.Samples.failure;
import static io.patchbay.adapter.gemini.Samples.json;
import static io.patchbay.adapter.gemini.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeDecoderTest {
    @Test
    void readsAText() {
        assertThat(whole("{'candidates':[{'content':{'role':'model','parts':[{'text':'Hi '},{'text':'there'}]},"
                        + "'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':5,'candidatesTokenCount':2,"
                        + "'totalTokenCount':7},'modelVersion':'gemini-2.5-flash','responseId':'r'}"))
                .hasToString(json("{'choices':[{'index':0,'message':{'role':'assistant','content':'Hi there'},"
                        + "'finish_reason':'stop','native_finish_reason':'STOP'}],'usage':{'prompt_tokens':5,"
                        + "'completion_tokens':2,'total_tokens':7,'prompt_tokens_details':{'cached_tokens':0},"
                        + "'completion_tokens_details':{'reasoning_tokens':0}}}"));
    }

    @Test
    void readsCallsAndGivesThemIds() {
        var answer = whole("{'candidates':[{'content':{'parts':["
                + "{'functionCall':{'name':'f','args':{'a':1.0,'b':12345678901234567890}}},"
                + "{'functionCall':{'name':'g'}},{'functionCall':{'name':'h','id':'own'}}]},'finishReason':'STOP'}],"
                + "'responseId':'re/1'}");

        assertThat(choice(answer).get("message"))
                .hasToString(json("{'role':'assistant','content':null,'tool_calls':["
                        + "{'index':0,'id':'call_gemini_re_1_0','type':'function','function':{'name':'f',"
                        + "'arguments':'{\\'a\\':1.0,\\'b\\':12345678901234567890}'}},"
                        + "{'index':1,'id':'call_gemini_re_1_1','type':'function','function':{'name':'g',"
                        + "'arguments':'{}'}},{'index':2,'id':'own','type':'function','function':{'name':'h',"
                        + "'arguments':'{}'}}]}"));
        assertThat(choice(answer).get("finish_reason").getAsString()).isEqualTo("tool_calls");
    }

    @Test
    void givesOtherIdsInAnotherTurn() {
        var call = "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]},'finishReason':'STOP'}]}";

        assertThat(id("{'messages':[{},{},{}]}", call)).isEqualTo("call_gemini_m3_0");
        assertThat(id("{'messages':[{},{},{},{},{}]}", call)).isEqualTo("call_gemini_m5_0");
    }

    @Test
    void givesShortIdsWhateverTheAnswerIsCalled() {
        var call = "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]},'finishReason':'STOP'}],"
                + "'responseId':'" + "x".repeat(500) + "'}";

        assertThat(id("{}", call)).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void showsThoughts() {
        var answer = whole("{'candidates':[{'content':{'parts':[{'text':'H','thought':true},"
                + "{'text':'m.','thought':true},{'text':'Hi'}]},'finishReason':'STOP'}]}");

        assertThat(choice(answer).get("message"))
                .hasToString(json("{'role':'assistant','content':'Hi','reasoning':'Hm.','reasoning_details':["
                        + "{'type':'reasoning.text','text':'Hm.','format':'google-gemini-v1','index':0}]}"));
    }

    @Test
    void hidesThoughtsButNotSignatures() {
        var events = answer(
                "{'reasoning':{'exclude':true}}",
                "{'candidates':[{'content':{'parts':[{'text':'Hm.','thought':true},"
                        + "{'text':'Hi','thoughtSignature':'c2ln'}]},'finishReason':'STOP'}]}");

        assertThat(events.get(0)).isInstanceOfSatisfying(ChatCompletion.class, completion -> {
            var message = choice(completion.json().toTree()).getAsJsonObject("message");
            assertThat(message.has("reasoning")).isFalse();
            assertThat(message.get("reasoning_details"))
                    .hasToString(json("[{'type':'reasoning.encrypted','data':'c2ln','id':'text:0:2',"
                            + "'format':'google-gemini-v1','index':1}]"));
        });
    }

    @Test
    void showsImages() {
        var answer = whole("{'candidates':[{'content':{'parts':[{'text':'Look:'},"
                + "{'inlineData':{'mimeType':'image/png','data':'AA=='}}]},'finishReason':'STOP'}]}");

        assertThat(choice(answer).getAsJsonObject("message").get("images"))
                .hasToString(json("[{'type':'image_url','index':0,'image_url':{'url':'data:image/png;base64,AA=='}}]"));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,stop",
        "MAX_TOKENS,length",
        "SAFETY,content_filter",
        "RECITATION,content_filter",
        "LANGUAGE,content_filter",
        "BLOCKLIST,content_filter",
        "PROHIBITED_CONTENT,content_filter",
        "SPII,content_filter",
        "IMAGE_SAFETY,content_filter",
        "MALFORMED_FUNCTION_CALL,error",
        "OTHER,error",
        "SOMETHING_NEW,error",
    })
    void saysWhyItEnded(String reason, String canonical) {
        var choice =
                choice(whole("{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'finishReason':'" + reason + "'}]}"));

        assertThat(choice.get("finish_reason").getAsString()).isEqualTo(canonical);
        assertThat(choice.get("native_finish_reason").getAsString()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"1,STOP,stop", "2,MAX_TOKENS,length", "3,SAFETY,content_filter", "9,OTHER,error"})
    void knowsTheNumbersOfTheWords(int number, String word, String canonical) {
        var choice =
                choice(whole("{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'finishReason':" + number + "}]}"));

        assertThat(choice.get("finish_reason").getAsString()).isEqualTo(canonical);
        assertThat(choice.get("native_finish_reason").getAsString()).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'finishReason':'SAFETY'}", "{'content':{'role':'model'},'finishReason':'SAFETY'}"})
    void readsACandidateThatSaysNothing(String candidate) {
        var choice = choice(whole("{'candidates':[" + candidate + "]}"));

        assertThat(choice)
                .hasToString(json("{'index':0,'message':{'role':'assistant','content':''},"
                        + "'finish_reason':'content_filter','native_finish_reason':'SAFETY'}"));
    }

    @Test
    void letsAnotherModelTryWhereThisOneFailedBeforeItSaidAnything() {
        var failure = failure(answer(
                "{}",
                "{'candidates':[{'content':{},'finishReason':'MALFORMED_FUNCTION_CALL',"
                        + "'finishMessage':'Malformed function call: f('}]}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.UPSTREAM_ERROR);
        assertThat(failure.providerCode()).contains("MALFORMED_FUNCTION_CALL");
        assertThat(failure.providerMessage()).contains("Malformed function call: f(");
    }

    @Test
    void saysThatThePromptWasRefused() {
        var answer = whole("{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT','blockReasonMessage':'No.'},"
                + "'usageMetadata':{'promptTokenCount':9,'totalTokenCount':9}}");

        assertThat(choice(answer))
                .hasToString(json("{'index':0,'message':{'role':'assistant','content':'','refusal':'No.'},"
                        + "'finish_reason':'content_filter','native_finish_reason':'PROHIBITED_CONTENT'}"));
        assertThat(answer.getAsJsonObject("usage").get("prompt_tokens").getAsInt())
                .isEqualTo(9);
    }

    @Test
    void readsSeveralCandidates() {
        var choices = whole("{'candidates':[{'index':0,'content':{'parts':[{'text':'A'}]},'finishReason':'STOP'},"
                        + "{'index':1,'content':{'parts':[{'functionCall':{'name':'f'}}]},'finishReason':'STOP'}],"
                        + "'responseId':'r'}")
                .getAsJsonArray("choices");

        assertThat(choices).hasSize(2);
        assertThat(choices.get(1).toString())
                .contains("\"index\":1", "\"id\":\"call_gemini_r_1_0\"", "\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void tellsHowLikelyTheTokensWere() {
        var choice = choice(whole("{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'finishReason':'STOP',"
                + "'logprobsResult':{'chosenCandidates':[{'token':'Hi','tokenId':1,'logProbability':-0.5}],"
                + "'topCandidates':[{'candidates':[{'token':'Hi','logProbability':-0.5},"
                + "{'token':'é','logProbability':-1}]}]}}]}"));

        assertThat(choice.get("logprobs"))
                .hasToString(json("{'content':[{'token':'Hi','logprob':-0.5,'bytes':[72,105],'top_logprobs':["
                        + "{'token':'Hi','logprob':-0.5,'bytes':[72,105]},"
                        + "{'token':'é','logprob':-1,'bytes':[195,169]}]}],'refusal':null}"));
    }

    @Test
    void citesWhatGoogleFound() {
        var answer = whole("{'candidates':[{'content':{'parts':[{'text':'É vero. Sì.'}]},'finishReason':'STOP',"
                + "'groundingMetadata':{'groundingChunks':[{'web':{'uri':'https://a','title':'A'}},"
                + "{'web':{'uri':'https://b'}}],'groundingSupports':[{'segment':{'startIndex':9,'endIndex':13,"
                + "'text':'Sì.'},'groundingChunkIndices':[0,1,7]}]}}]}");

        assertThat(choice(answer).getAsJsonObject("message").get("annotations"))
                .hasToString(json("[{'type':'url_citation','url_citation':{'url':'https://a','title':'A',"
                        + "'start_index':8,'end_index':11}},{'type':'url_citation','url_citation':{'url':'https://b',"
                        + "'title':'','start_index':8,'end_index':11}}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"citationSources", "citations"})
    void citesWhatTheTextRepeats(String list) {
        var answer = whole("{'candidates':[{'content':{'parts':[{'text':'É vero.'}]},'finishReason':'STOP',"
                + "'citationMetadata':{'" + list + "':[{'startIndex':3,'endIndex':8,'uri':'https://a'},"
                + "{'endIndex':2,'title':'A book'}]}}]}");

        assertThat(choice(answer).getAsJsonObject("message").get("annotations"))
                .hasToString(json("[{'type':'url_citation','url_citation':{'url':'https://a','title':'',"
                        + "'start_index':2,'end_index':7}}]"));
    }

    @Test
    void saysWhyItWasFiltered() {
        var answer = whole("{'candidates':[{'finishReason':'SAFETY','finishMessage':'Too dangerous.'}]}");
        var plain =
                whole("{'candidates':[{'finishReason':'STOP','finishMessage':'Model generated function call(s).'}]}");

        assertThat(choice(answer).getAsJsonObject("message").get("refusal")).hasToString("\"Too dangerous.\"");
        assertThat(choice(plain).getAsJsonObject("message").has("refusal")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'promptTokenCount':19,'candidatesTokenCount':46,'toolUsePromptTokenCount':69,'thoughtsTokenCount':138,'cachedContentTokenCount':4,'totalTokenCount':272|88|184|4|138",
                "'candidatesTokenCount':1,'thoughtsTokenCount':117,'totalTokenCount':693|575|118|0|117",
                "'candidatesTokenCount':23,'thoughtsTokenCount':67|0|90|0|67",
                "'promptTokenCount':9,'totalTokenCount':9|9|0|0|0",
                "'promptTokenCount':-5,'candidatesTokenCount':99999999999999|0|1000000000|0|0",
            })
    void countsTokens(String reported, int prompt, int completion, int cached, int thoughts) {
        var usage = whole("{'candidates':[{'finishReason':'STOP'}],'usageMetadata':{" + reported + "}}")
                .getAsJsonObject("usage");

        assertThat(usage.get("prompt_tokens").getAsInt()).isEqualTo(prompt);
        assertThat(usage.get("completion_tokens").getAsInt()).isEqualTo(completion);
        assertThat(usage.get("total_tokens").getAsInt()).isEqualTo(prompt + completion);
        assertThat(detail(usage, "prompt_tokens_details", "cached_tokens")).isEqualTo(cached);
        assertThat(detail(usage, "completion_tokens_details", "reasoning_tokens"))
                .isEqualTo(thoughts);
    }

    @Test
    void countsSoundsFilmsAndImagesApart() {
        var usage = whole("{'candidates':[{'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':30,"
                        + "'promptTokensDetails':[{'modality':'TEXT','tokenCount':5},{'modality':'AUDIO','tokenCount':9},"
                        + "{'modality':'VIDEO','tokenCount':16}],'candidatesTokenCount':1290,"
                        + "'candidatesTokensDetails':[{'modality':'IMAGE','tokenCount':1290}]}}")
                .getAsJsonObject("usage");

        assertThat(detail(usage, "prompt_tokens_details", "audio_tokens")).isEqualTo(9);
        assertThat(detail(usage, "prompt_tokens_details", "video_tokens")).isEqualTo(16);
        assertThat(detail(usage, "completion_tokens_details", "image_tokens")).isEqualTo(1290);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{'candidates':{}}", "{'candidates':[]}"})
    void failsWhereThereIsNoAnswer(String body) {
        assertThat(failure(answer("{}", body)).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void failsWhereNothingCame() {
        assertThat(failure(answer("{}")).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void readsAnErrorInThePlaceOfAnAnswer() {
        assertThat(failure(answer("{}", "{'error':{'code':503,'message':'busy','status':'UNAVAILABLE'}}"))
                        .kind())
                .isEqualTo(FailureKind.OVERLOADED);
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-flash,1", "gemini-3-flash-preview,2"})
    void countsSearchesAsGoogleWantsThemPaid(String model, int searches) {
        var decoder = Samples.ADAPTER.decoder(
                Samples.request("{}"), Samples.endpoint(model, Map.of()).build());
        var events = new ArrayList<ChatEvent>();
        decoder.decode(
                Frame.of(json("{'candidates':[{'finishReason':'STOP','groundingMetadata':{'webSearchQueries':"
                        + "['a','b']}}],'usageMetadata':{'promptTokenCount':1}}")),
                events::add);

        var usage = ((ChatCompletion) events.get(0)).json().toTree().getAsJsonObject("usage");
        assertThat(detail(usage, "server_tool_use", "web_search_requests")).isEqualTo(searches);
    }

    private static int detail(JsonObject usage, String details, String name) {
        return usage.getAsJsonObject(details).get(name).getAsInt();
    }

    private static String id(String request, String body) {
        var completion = (ChatCompletion) answer(request, body).get(0);
        return choice(completion.json().toTree())
                .getAsJsonObject("message")
                .getAsJsonArray("tool_calls")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }
}
