package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.USER;
import static io.patchbay.adapter.gemini.Samples.body;
import static io.patchbay.adapter.gemini.Samples.chat;
import static io.patchbay.adapter.gemini.Samples.choice;
import static io.patchbay.adapter.gemini.Samples.contents;
import static io.patchbay.adapter.gemini.Samples.json;
import static io.patchbay.adapter.gemini.Samples.stream;
import static io.patchbay.adapter.gemini.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.json.JsonTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    private static final String CALL = "{'functionCall':{'name':'f','args':{'a':1.0}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'Hm.','thought':true,'thoughtSignature':'c2ln+/='},{'text':'Hi'}",
                "{'text':'Hm.','thought':true},{'text':'Hi','thoughtSignature':'czE='}",
                "{'text':'','thought':true,'thoughtSignature':'czA='},{'text':'Hi'}",
                "{'text':'A','thought':true,'thoughtSignature':'czE='},{'text':'B','thought':true},{'text':'Hi'}",
                "{'text':'A','thoughtSignature':'czE='},{'text':'B'}",
                "{'text':'A'},{'text':'B','thoughtSignature':'czE='},{'text':'C'}",
                "{'text':'A'},{'text':'','thoughtSignature':'czE='}",
                "{'text':'','thoughtSignature':'czE='}",
                "{'text':'A','thoughtSignature':'czE='},{'text':'B','thoughtSignature':'czI='}",
                "{'inlineData':{'mimeType':'image/png','data':'AA=='},'thoughtSignature':'czE='},"
                        + "{'inlineData':{'mimeType':'image/png','data':'AQ=='},'thoughtSignature':'czI='}",
            })
    void goBackOnTheVeryParts(String parts) {
        var answered = whole(answer(parts));

        assertThat(again(choice(answered).getAsJsonObject("message"))).isEqualTo(json("[" + parts + "]"));
        assertThat(again(Gathered.message(stream(inPieces(parts))))).isEqualTo(json("[" + parts + "]"));
    }

    @Test
    void goBackWhereAClientKeepsThePiecesOfAStreamAsTheyCame() {
        var events = stream(inPieces("{'text':'H','thought':true},{'text':'m.','thought':true},"
                + "{'text':'','thought':true,'thoughtSignature':'czE='},{'text':'Hi'}"));
        var message = Gathered.message(events);
        message.add("reasoning_details", Gathered.details(events));

        assertThat(again(message))
                .isEqualTo(json("[{'text':'Hm.','thought':true,'thoughtSignature':'czE='},{'text':'Hi'}]"));
    }

    /** Three rounds of one conversation, with thoughts, calls at once and results, as a client leads it. */
    @Test
    void goBackOverSeveralTurns() {
        var first = "{'text':'Which?','thought':true},{'text':'Let me see.'}," + CALL + ",'thoughtSignature':'czE='},"
                + CALL + "}";
        var second = CALL + ",'thoughtSignature':'czI='}";
        var third = "{'text':'It is 3.','thoughtSignature':'czM='}";
        var messages = new StringBuilder(USER);
        var one = choice(whole(answer(first, "r1"))).getAsJsonObject("message");
        messages.append(',').append(one).append(results(one));
        var two = Gathered.message(stream(answer(second, "r2")));
        messages.append(',').append(two).append(results(two));
        var three = choice(whole(answer(third, "r3"))).getAsJsonObject("message");
        messages.append(',').append(three).append(',').append(USER);

        var result = "{'functionResponse':{'name':'f','response':{'output':'3'}}}";
        assertThat(body(chat(messages.toString(), ""), "gemini-3-flash-preview").get("contents"))
                .hasToString(json("[{'role':'user','parts':[{'text':'Hi'}]},"
                        + "{'role':'model','parts':[" + first + "]},"
                        + "{'role':'user','parts':[" + result + "," + result + "]},"
                        + "{'role':'model','parts':[" + second + "]},"
                        + "{'role':'user','parts':[" + result + "]},"
                        + "{'role':'model','parts':[" + third + "]},"
                        + "{'role':'user','parts':[{'text':'Hi'}]}]"));
        assertThat(ids(one)).doesNotContainAnyElementsOf(ids(two)).doesNotHaveDuplicates();
    }

    @Test
    void areReplacedWhereAnotherModelMadeTheCalls() {
        var foreign = ",{'role':'assistant','tool_calls':[{'id':'x','function':{'name':'f'}},"
                + "{'id':'y','function':{'name':'g'}}],'reasoning_details':[{'type':'reasoning.text','text':'t',"
                + "'signature':'s','format':'anthropic-claude-v1','index':0}]},"
                + "{'role':'tool','tool_call_id':'x','content':''},{'role':'tool','tool_call_id':'y','content':''}";

        var newer = body(chat(USER + foreign, ""), "gemini-3-flash-preview").getAsJsonArray("contents");
        var older = body(chat(USER + foreign, ""), "gemini-2.5-flash").getAsJsonArray("contents");

        assertThat(newer.get(1))
                .hasToString(json("{'role':'model','parts':[{'functionCall':{'name':'f','args':{},'id':'x'},"
                        + "'thoughtSignature':'skip_thought_signature_validator'},"
                        + "{'functionCall':{'name':'g','args':{},'id':'y'}}]}"));
        assertThat(older.toString()).doesNotContain("thoughtSignature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'reasoning.encrypted','data':'d','format':'openai-responses-v1'}|foreign",
                "{'type':'reasoning.text','text':'a','signature':'s'}|without a format",
                "{'type':'reasoning.encrypted','data':'d','format':'google-gemini-v1','id':'gone'}|of no part",
                "{'type':'reasoning.encrypted','data':'','format':'google-gemini-v1','id':'text:0:1'}|empty",
                "{'type':'reasoning.summary','summary':'s','format':'google-gemini-v1'}|summary",
            })
    void areLeftOutWhereTheyAreNotGeminis(String detail, String why) {
        assertThat(contents(USER + ",{'role':'assistant','content':'A','reasoning_details':[" + detail + "]}"))
                .as(why)
                .endsWith(json("{'role':'model','parts':[{'text':'A'}]}]"));
    }

    @Test
    void findAHomeIfTheyDoNotSayWhoseTheyAre() {
        var detail = "'reasoning_details':[{'type':'reasoning.encrypted','data':'d','format':'google-gemini-v1'}]";

        assertThat(contents(USER + ",{'role':'assistant','content':'A'," + detail + "}"))
                .endsWith(json("[{'text':'A','thoughtSignature':'d'}]}]"));
        assertThat(contents(USER + ",{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f'}}]," + detail
                        + "},{'role':'tool','tool_call_id':'c','content':''}"))
                .contains(json("'thoughtSignature':'d'"));
    }

    @Test
    void areFoundWhereGooglesOwnImitationOfOpenAiPutsThem() {
        assertThat(contents(USER + ",{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f'},"
                        + "'extra_content':{'google':{'thought_signature':'d'}}}]},"
                        + "{'role':'tool','tool_call_id':'c','content':''}"))
                .contains(json("'thoughtSignature':'d'"));
    }

    @Test
    void keepThoughtsApartThatClientsDoNotNumber() {
        var details = "{'type':'reasoning.text','text':'A','signature':'czE=','format':'google-gemini-v1'},"
                + "{'type':'reasoning.text','text':'B','format':'google-gemini-v1'}";

        assertThat(contents(USER + ",{'role':'assistant','content':'Hi','reasoning_details':[" + details + "]}"))
                .endsWith(json("[{'text':'A','thought':true,'thoughtSignature':'czE='},{'text':'B','thought':true},"
                        + "{'text':'Hi'}]}]"));
    }

    @Test
    void comeLastWhereTheClientHasMadeAnotherTextOfIt() {
        assertThat(contents(USER + ",{'role':'assistant','content':'A','reasoning_details':["
                        + "{'type':'reasoning.encrypted','data':'d','format':'google-gemini-v1','id':'text:0:9'}]}"))
                .endsWith(json("[{'text':'A'},{'text':'','thoughtSignature':'d'}]}]"));
    }

    private static String again(JsonObject message) {
        return body(chat(USER + "," + message, ""))
                .getAsJsonArray("contents")
                .get(1)
                .getAsJsonObject()
                .get("parts")
                .toString();
    }

    private static String results(JsonObject message) {
        var results = new StringBuilder();
        for (var id : ids(message)) {
            results.append(",{'role':'tool','tool_call_id':'").append(id).append("','content':'3'}");
        }
        return results.toString();
    }

    private static List<String> ids(JsonObject message) {
        return JsonTree.array(message.get("tool_calls")).asList().stream()
                .map(call -> JsonTree.text(JsonTree.object(call).get("id")))
                .toList();
    }

    private static String answer(String parts) {
        return answer(parts, "r");
    }

    private static String answer(String parts, String id) {
        return "{'candidates':[{'content':{'parts':[" + parts + "]},'finishReason':'STOP'}],'responseId':'" + id + "'}";
    }

    /** One piece for each part. */
    private static String[] inPieces(String parts) {
        JsonArray all = JsonTree.array(JsonParser.parseString(json("[" + parts + "]")));
        return all.asList().stream().map(part -> answer(part.toString())).toArray(String[]::new);
    }
}
