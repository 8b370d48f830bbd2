package io.patchbay.adapter.bedrock;

import static io.patchbay.adapter.bedrock.Samples.ADAPTER;
import static io.patchbay.adapter.bedrock.Samples.GPT_OSS;
import static io.patchbay.adapter.bedrock.Samples.LLAMA;
import static io.patchbay.adapter.bedrock.Samples.NOVA;
import static io.patchbay.adapter.bedrock.Samples.NOVA_2;
import static io.patchbay.adapter.bedrock.Samples.OPUS_4_6;
import static io.patchbay.adapter.bedrock.Samples.SONNET_3_7;
import static io.patchbay.adapter.bedrock.Samples.SONNET_4_5;
import static io.patchbay.adapter.bedrock.Samples.asking;
import static io.patchbay.adapter.bedrock.Samples.endpoint;
import static io.patchbay.adapter.bedrock.Samples.json;
import static io.patchbay.adapter.bedrock.Samples.refusal;
import static io.patchbay.adapter.bedrock.Samples.request;
import static io.patchbay.adapter.bedrock.Samples.tree;
import static io.patchbay.adapter.bedrock.Samples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEncoderTest {
    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";

    @Test
    void namesTheModelInThePathAndShowsTheKeyAsBearerToken() {
        var whole = upstream(SONNET_3_7, "{" + HI + "}");
        var stream = upstream("arn:aws:bedrock:us-east-1:123:inference-profile/a b", "{" + HI + ",'stream':true}");

        assertThat(whole.path()).isEqualTo("/model/us.anthropic.claude-3-7-sonnet-20250219-v1%3A0/converse");
        assertThat(whole.framing()).isEqualTo(Framing.WHOLE);
        assertThat(whole.headers().first("Authorization")).contains("Bearer ABSKtest");
        assertThat(stream.path())
                .isEqualTo("/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123%3Ainference-profile%2Fa%20b/converse-stream");
        assertThat(stream.framing()).isEqualTo(Framing.AWS_EVENT_STREAM);
    }

    @Test
    void showsNoKeyWhereThereIsNone() {
        var request = ADAPTER.encode(request("{" + HI + "}"), endpoint(NOVA, Map.of()), Credential.none());

        assertThat(request.headers().first("Authorization")).isEmpty();
    }

    @Test
    void writesNothingBeyondWhatWasAsked() {
        assertThat(tree(upstream(NOVA, "{'model':'a/b','seed':1,'logit_bias':{},'user':'u'," + HI + "}")
                        .body()))
                .isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'hi'}]}]}"));
    }

    @Test
    void translatesTheParametersOfInference() {
        assertThat(inference(
                        NOVA, "'max_tokens':10,'temperature':0.80,'top_p':1,'stop':['|','END'],'presence_penalty':1"))
                .isEqualTo("{'maxTokens':10,'temperature':0.80,'topP':1,'stopSequences':['|','END']}");
        assertThat(inference(NOVA, "'max_completion_tokens':7,'max_tokens':9,'temperature':1.7,'stop':'|'"))
                .isEqualTo("{'maxTokens':7,'temperature':1,'stopSequences':['|']}");
        assertThat(asking(NOVA, "'stop':[]").has("inferenceConfig")).isFalse();
    }

    @Test
    void leavesOutWhatNewerClaudesRefuse() {
        assertThat(inference(SONNET_3_7, "'temperature':0.5,'top_p':0.9")).isEqualTo("{'temperature':0.5,'topP':0.9}");
        assertThat(inference(SONNET_4_5, "'temperature':0.5,'top_p':0.9")).isEqualTo("{'temperature':0.5}");
        assertThat(asking("anthropic.claude-opus-4-7-v1", "'temperature':0.5,'top_p':0.9,'top_k':3"))
                .isEqualTo(asking("anthropic.claude-opus-4-7-v1", "'x':1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                SONNET_3_7 + "|{'top_k':5}",
                NOVA + "|{'inferenceConfig':{'topK':5}}",
                Samples.MISTRAL + "|{'top_k':5}",
            })
    void saysTopKInTheModelsOwnWord(String model, String additional) {
        assertThat(additional(model, "'top_k':5")).isEqualTo(additional.replace('\'', '"'));
    }

    @Test
    void dropsTopKWhereNoWordForItIsKnown() {
        assertThat(asking(LLAMA, "'top_k':5").has("additionalModelRequestFields"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'reasoning':{'max_tokens':2000}|2000",
                "'reasoning':{'effort':'high'},'max_tokens':10000|8000",
                "'reasoning_effort':'low','max_tokens':10000|2000",
                "'reasoning':{'enabled':true},'max_tokens':10000|5000",
                "'reasoning':{'max_tokens':9000},'max_tokens':4000|3999",
                "'reasoning':{'effort':'low'},'max_tokens':2000|1024",
            })
    void givesAClaudeABudgetToThink(String fields, int budget) {
        assertThat(additional(SONNET_3_7, fields))
                .isEqualTo("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'reasoning':{'effort':'none'}",
                "'reasoning':{'enabled':false}",
                "'reasoning':{'exclude':true}",
                "'include_reasoning':true",
                "'reasoning':{'effort':'high'},'max_tokens':500",
            })
    void leavesAClaudeThatIsNotToThink(String fields) {
        assertThat(asking(SONNET_3_7, fields).has("additionalModelRequestFields"))
                .isFalse();
    }

    @Test
    void leavesOutSamplingWhileAClaudeThinks() {
        var fields = "'reasoning':{'max_tokens':1024},'temperature':0.2,'top_p':0.5,'top_k':3";

        assertThat(asking(SONNET_3_7, fields).has("inferenceConfig")).isFalse();
        assertThat(additional(SONNET_3_7, fields)).doesNotContain("top_k");
    }

    @Test
    void letsNewerClaudesDecideHowLongToThink() {
        assertThat(additional(OPUS_4_6, "'reasoning':{'effort':'xhigh'}"))
                .isEqualTo("{\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"},"
                        + "\"output_config\":{\"effort\":\"high\"}}");
        assertThat(additional(OPUS_4_6, "'reasoning':{'enabled':true,'exclude':true}"))
                .isEqualTo("{\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}}");
        assertThat(additional(OPUS_4_6, "'verbosity':'low','reasoning':{'enabled':true}"))
                .isEqualTo("{\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"},"
                        + "\"output_config\":{\"effort\":\"low\"}}");
        assertThat(additional(OPUS_4_6, "'reasoning':{'enabled':false}"))
                .isEqualTo("{\"thinking\":{\"type\":\"disabled\"}}");
    }

    @Test
    void saysReasoningInTheOtherMakersWords() {
        assertThat(additional(NOVA_2, "'reasoning':{'effort':'high'}"))
                .isEqualTo("{\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"high\"}}");
        assertThat(additional(NOVA_2, "'reasoning':{'effort':'high'},'max_tokens':99"))
                .isEqualTo("{\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"medium\"}}");
        assertThat(additional(GPT_OSS, "'reasoning':{'effort':'minimal'}")).isEqualTo("{\"reasoning_effort\":\"low\"}");
        assertThat(asking(LLAMA, "'reasoning':{'effort':'high'}").has("additionalModelRequestFields"))
                .isFalse();
    }

    @Test
    void leavesOutSamplingWhereANovaThinksAsHardAsItCan() {
        assertThat(asking(NOVA_2, "'reasoning':{'effort':'high'},'temperature':0.2,'top_k':2")
                        .has("inferenceConfig"))
                .isFalse();
        assertThat(inference(NOVA_2, "'reasoning':{'effort':'low'},'temperature':0.2"))
                .isEqualTo("{'temperature':0.2}");
    }

    @Test
    void bindsNewerModelsToASchema() {
        var body = asking(
                SONNET_4_5,
                "'response_format':{'type':'json_schema','json_schema':{'name':'a person','schema':"
                        + "{'type':'object','properties':{'age':{'type':'integer'}}}}}");

        assertThat(body.get("outputConfig"))
                .isEqualTo(json("{'textFormat':{'type':'json_schema','structure':{'jsonSchema':{'schema':"
                        + "'{\\'type\\':\\'object\\',\\'properties\\':{\\'age\\':{\\'type\\':\\'integer\\'}},"
                        + "\\'additionalProperties\\':false}','name':'a_person'}}}}"));
        assertThat(body.has("toolConfig")).isFalse();
    }

    @Test
    void asksForJsonInWordsWhereThereIsNoSchema() {
        assertThat(asking(SONNET_4_5, "'response_format':{'type':'json_object'}")
                        .get("system")
                        .toString())
                .contains("one valid JSON object");
    }

    @Test
    void addsWhatTheOperatorSays() {
        var options = Map.of("guardrail", "abc", "guardrail-version", "2", "anthropic-beta", "one, two");

        assertThat(tree(ADAPTER.encode(request("{" + HI + "}"), endpoint(SONNET_4_5, options), Credential.none())
                        .body()))
                .isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'hi'}]}],"
                        + "'additionalModelRequestFields':{'anthropic_beta':['one','two']},"
                        + "'guardrailConfig':{'guardrailIdentifier':'abc','guardrailVersion':'2'}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'n':2|n",
                "'modalities':['text','audio']|modalities",
                "'response_format':{'type':'grammar'}|response_format.type",
                "'response_format':{'type':'json_schema','json_schema':{}}|response_format.json_schema.schema",
                "'tools':[{'type':'web_search'}]|tools[0].type",
                "'tool_choice':{'type':'allowed_tools'}|tool_choice.type",
                "'tool_choice':'sometimes'|tool_choice",
            })
    void refusesWhatCannotBeSaid(String fields, String field) {
        assertThat(refusal(NOVA, "{" + HI + "," + fields + "}").field()).contains(field);
    }

    private static String inference(String model, String fields) {
        return asking(model, fields).get("inferenceConfig").toString().replace('"', '\'');
    }

    private static String additional(String model, String fields) {
        return asking(model, fields).get("additionalModelRequestFields").toString();
    }
}
