package io.patchbay.plugin.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonPrimitive;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.AnswerFilter;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.testkit.FakeRoom;
import io.patchbay.testkit.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are to match a schema. */
class SchemaValidationTest {
    private static final SchemaValidation PLUGIN = new SchemaValidation();

    /** An order: things with their prices. */
    private static final String ORDER =
            "{'type':'object','properties':{'items':{'type':'array','items':{'$ref':'#/$defs/item'}},"
                    + "'note':{'type':['string','null'],'pattern':'^[a-z ]*$'}},'required':['items'],'additionalProperties':false,"
                    + "'$defs':{'item':{'type':'object','properties':{'price':{'type':'number','minimum':0},"
                    + "'kind':{'enum':['a','b']}},'required':['price']}}}";

    private static JsonView view(String quoted) {
        return JsonView.parse(Quoted.text(quoted));
    }

    private static Optional<Passage> enter(String fields) {
        return PLUGIN.enter(
                ChatRequest.of(view("{'model':'a/b'," + fields + "}")),
                Optional.of(view("{'id':'schema-validation'}")),
                FakeRoom.UNKNOWN);
    }

    private static String format(String schema) {
        return "'response_format':{'type':'json_schema','json_schema':{'name':'order','strict':true,'schema':" + schema
                + "}}";
    }

    private static Passage passage(String schema) {
        return enter(format(schema)).orElseThrow();
    }

    private static AnswerFilter filter(Passage passage) {
        return passage.answer().orElseThrow();
    }

    /** Each text is a choice. */
    private static ChatCompletion answer(String finishReason, String... texts) {
        var choices = IntStream.range(0, texts.length)
                .mapToObj(i -> "{\"index\":" + i + ",\"message\":{\"role\":\"assistant\",\"content\":"
                        + new JsonPrimitive(texts[i]) + "},\"finish_reason\":\"" + finishReason + "\"}")
                .collect(Collectors.joining(","));
        return ChatCompletion.of(JsonView.parse("{\"choices\":[" + choices + "]}"));
    }

    private static ChatChunk chunk(int index, String delta, String finishReason) {
        return ChatChunk.of(view("{'choices':[{'index':" + index + ",'delta':" + delta + ",'finish_reason':"
                + (finishReason.isEmpty() ? "null" : "'" + finishReason + "'") + "}]}"));
    }

    private static ChatChunk text(int index, String text) {
        return ChatChunk.of(JsonView.parse("{\"choices\":[{\"index\":" + index + ",\"delta\":{\"content\":"
                + new JsonPrimitive(text) + "},\"finish_reason\":null}]}"));
    }

    private static Failure refusal(ThrowingCallable step) {
        return catchThrowableOfType(FailureException.class, step).failure();
    }

    private static String mismatch(String schema, String answer) {
        var failure = refusal(() -> filter(passage(schema)).whole(answer("stop", answer)));
        assertThat(failure.kind()).isEqualTo(FailureKind.SCHEMA_MISMATCH);
        return failure.message();
    }

    private static List<String> notes(Passage passage) {
        return passage.notes().stream().map(Note::summary).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'items':[]}",
                " {'items':[{'price':1.5,'kind':'a','more':true}],'note':null} ",
                "{'items':[{'price':0}],'note':'well done'}"
            })
    void passAsTheyAreIfTheyMatch(String quoted) {
        var passage = passage(ORDER);
        var answer = answer("stop", Quoted.text(quoted));

        assertThat(filter(passage).whole(answer)).isSameAs(answer);
        assertThat(passage.notes())
                .containsExactly(new Note("plugin", "schema-validation", "the answer matches the schema"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'items':[{'price':'secret'}]} | /items/0/price is not a number",
                "{'items':[{'price':1},{}]} | /items/1 lacks 'price'",
                "{} | it lacks 'items'",
                "[] | it is not an object",
                "{'items':[{'price':-7}]} | /items/0/price does not match 'minimum'",
                "{'items':[{'price':1,'kind':'secret'}]} | /items/0/kind does not match 'enum'",
                "{'items':[],'extra':1} | /extra is not allowed",
                "{'items':[],'note':7} | /note is none of string, null",
                "{'items':[],'note':'SECRET'} | /note does not match 'pattern'",
                "{'items':{},'note':7} | /items is not an array; /note is none of string, null",
                "{'items':[]} and more | it is not JSON",
                "```json {'items':[]} ``` | it is not JSON",
                "{items:[]} | it is not JSON",
                "{'items':[]},{'items':[]} | it is not JSON",
                "^^ | it is not JSON",
                "{'items':[{'price':1e999999}]} | a number in it is beyond all measure",
            })
    void areRefusedWithThePlaceAndWithoutTheirTextIfTheyDoNotMatch(String quoted, String why) {
        var message = mismatch(ORDER, Quoted.text(quoted));

        assertThat(message).isEqualTo("The answer does not match the schema 'order': " + why + '.');
    }

    @Test
    void areAllHeldAgainstIt() {
        var passage = passage(ORDER);

        var failure = refusal(() -> filter(passage).whole(answer("stop", "{\"items\":[]}", "{\"items\":1}")));

        assertThat(failure.message()).contains("/items is not an array");
        assertThat(notes(passage)).containsExactly("the answer does not match the schema");
    }

    @Test
    void oneOfSeveralChoicesOfASchemaIsEnough() {
        var schema =
                "{'type':'object','properties':{'a':{'anyOf':[{'type':'string'},{'type':'null'}]},'b':{'type':'number'}}}";

        assertThatCode(() -> filter(passage(schema)).whole(answer("stop", "{\"a\":null}")))
                .doesNotThrowAnyException();
        assertThat(mismatch(schema, "{\"a\":3}")).contains("/a does not match 'anyOf'");
        assertThat(mismatch(schema, "{\"a\":null,\"b\":\"x\"}")).endsWith(": /b is not a number.");
    }

    @Test
    void areJsonObjectsWhereThatIsAllThatIsAskedFor() {
        var format = "'response_format':{'type':'json_object'}";

        assertThatCode(() -> filter(enter(format).orElseThrow()).whole(answer("stop", "{\"a\":1}")))
                .doesNotThrowAnyException();
        assertThat(refusal(() -> filter(enter(format).orElseThrow()).whole(answer("stop", "[1]")))
                        .message())
                .isEqualTo("The answer does not match the format json_object: it is not an object.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "content_filter"})
    void areNotHeldAgainstItIfTheyWereCutOff(String finishReason) {
        var passage = passage(ORDER);

        var seen = filter(passage).whole(answer(finishReason, "{\"items\":["));

        assertThat(seen.choices()).hasSize(1);
        assertThat(notes(passage))
                .containsExactly("an answer that is not complete, or a refusal, is not held against the schema");
    }

    @Test
    void areNotHeldAgainstItIfTheyAreRefusals() {
        var refusal = view(
                "{'choices':[{'index':0,'message':{'content':null,'refusal':'I can not'},'finish_reason':'stop'}]}");

        assertThatCode(() -> filter(passage(ORDER)).whole(ChatCompletion.of(refusal)))
                .doesNotThrowAnyException();
    }

    private static String tools(String strict) {
        return "'tools':[{'type':'function','function':{'name':'pay','strict':" + strict + ",'parameters':" + ORDER
                + "}},{'type':'function','function':{'name':'wait','strict':true,'parameters':{'type':'object',"
                + "'additionalProperties':false}}}]";
    }

    private static ChatCompletion calling(String name, String arguments) {
        return ChatCompletion.of(JsonView.parse("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Let me see\","
                + "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"" + name
                + "\",\"arguments\":" + new JsonPrimitive(Quoted.text(arguments))
                + "}}]},\"finish_reason\":\"tool_calls\"}]}"));
    }

    @Test
    void callsOfStrictFunctionsAreHeldAgainstTheirParameters() {
        var fields = tools("true") + ',' + format("{'type':'object'}");
        var passage = enter(fields).orElseThrow();

        assertThatCode(() -> filter(passage).whole(calling("pay", "{'items':[]}")))
                .doesNotThrowAnyException();
        assertThat(notes(passage)).containsExactly("the answer matches the schema");
        assertThat(refusal(() -> filter(enter(fields).orElseThrow()).whole(calling("pay", "{'items':3}")))
                        .message())
                .isEqualTo("A tool call does not match the parameters of 'pay': /items is not an array.");
        assertThat(refusal(() -> filter(enter(fields).orElseThrow()).whole(calling("pay", "{'items':[")))
                        .message())
                .contains("it is not JSON");
        assertThatCode(() -> filter(enter(fields).orElseThrow()).whole(calling("wait", "")))
                .doesNotThrowAnyException();
    }

    @Test
    void callsOfOtherFunctionsAreNot() {
        var passage = enter(tools("false")).orElseThrow();

        filter(passage).whole(calling("pay", "{'items':3}"));

        assertThat(notes(passage)).isEmpty();
    }

    @Test
    void streamsAreShownAtOnceAndEndWellIfTheyMatch() {
        var passage = passage(ORDER);
        var filter = filter(passage);
        var begin = List.of(text(0, "{\"items\""), text(0, ":[]}"));
        var end = chunk(0, "{}", "stop");

        assertThat(filter.chunks(begin)).isEqualTo(begin);
        assertThat(filter.chunks(List.of(end))).isEmpty();
        assertThat(filter.rest()).containsExactly(end);
        assertThat(notes(passage)).containsExactly("the answer matches the schema");
    }

    @Test
    void streamsEndWithAnErrorInsteadOfTheirEndIfTheyDoNot() {
        var filter = filter(passage(ORDER));

        assertThat(filter.chunks(List.of(text(0, "{\"items\":1"), text(0, "}"))))
                .hasSize(2);
        assertThat(filter.chunks(List.of(chunk(0, "{}", "stop")))).isEmpty();
        assertThat(refusal(filter::rest).message()).contains("/items is not an array");
    }

    @Test
    void streamsOfSeveralChoicesKeepTheirOrder() {
        var filter = filter(passage(ORDER));
        var both = ChatChunk.of(view("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'},"
                + "{'index':1,'delta':{'content':'{'},'finish_reason':null}]}"));
        var more = text(1, "\"items\":[]}");
        var end = chunk(1, "{}", "stop");

        assertThat(filter.chunks(List.of(text(0, "{\"items\":[]}"), both, more, end)))
                .hasSize(1);
        assertThat(filter.rest()).containsExactly(both, more, end);
    }

    @Test
    void callsInStreamsArePutTogether() {
        var filter = filter(enter(tools("true")).orElseThrow());
        filter.chunks(List.of(
                chunk(0, "{'tool_calls':[{'index':0,'id':'1','function':{'name':'wait','arguments':''}}]}", ""),
                chunk(
                        0,
                        "{'tool_calls':[{'index':1,'id':'2','function':{'name':'pay','arguments':'{\\\"items\\\"'}}]}",
                        ""),
                chunk(0, "{'tool_calls':[{'index':1,'function':{'arguments':':true}'}}]}", ""),
                chunk(0, "{}", "tool_calls")));

        assertThat(refusal(filter::rest).message())
                .isEqualTo("A tool call does not match the parameters of 'pay': /items is not an array.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'type':'strin'} | /type is not as JSON Schema has it",
                "{'properties':{'a':{'required':'b'}}} | /properties/a/required is not as JSON Schema has it",
                "{'$ref':'https://example.com/order.json'} | nothing is fetched",
                "{'items':{'$ref':'order.json#/a'}} | nothing is fetched",
                "{'$ref':'#/$defs/nothing'} | leads to a place that there is not",
                "{'$ref':'#nothing'} | leads to a place that there is not",
                "{'items':{'$id':'https://example.com/other','type':'string'}} | '$id' may stand at its top only",
                "{'$id':'no uri %'} | ^^",
                "{'$schema':'https://example.com/mine'} | '$schema' is not known here",
                "{'properties':{'a':{'pattern':'(?=a)b'}}} | a pattern in it is not one of RE2's language",
                "{'pattern':'('} | a pattern in it is not one of RE2's language",
                "{'pattern':'((a{1000}){1000}){1000}'} | the schema's patterns repeat too much",
                "{'patternProperties':{'(((x{9}){99}){99}':{}}} | the schema's patterns repeat too much",
            })
    void aSchemaThatIsNoneIsRefusedByName(String schema, String why) {
        var failure = refusal(() -> passage(schema));

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.field()).contains("response_format.json_schema.schema");
        assertThat(failure.message()).contains(why == null ? "" : why);
    }

    @Test
    void theParametersOfAFunctionThatAreNoneAreRefusedByName() {
        var failure = refusal(() -> enter("'tools':[{'type':'function','function':{'name':'a'}},{'type':'function',"
                + "'function':{'name':'b','strict':true,'parameters':{'type':7}}}]"));

        assertThat(failure.field()).contains("tools[1].function.parameters");
    }

    @Test
    void aSchemaMayBeSoLargeOnly() {
        var large = "{'enum':['" + "x".repeat(140_000) + "']}";

        assertThat(refusal(() -> passage(large)).message()).contains("128 KiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$id':'https://example.com/order','$ref':'#/$defs/a','$defs':{'a':{'type':'number'}}}",
                "{'$schema':'http://json-schema.org/draft-07/schema#','$ref':'#/definitions/a','definitions':{'a':{'type':'number'}}}",
                "{'$schema':'https://json-schema.org/draft/2019-09/schema','$ref':'#/$defs/a~1%20b','$defs':{'a/ b':{'type':'number'}}}",
                "{'$ref':'#a','$defs':{'a':{'$anchor':'a','type':'number'}}}",
                "{'type':'number','default':{'$ref':'nowhere'},'examples':[{'$ref':'#/nothing'}]}",
                "{'type':'number','properties':{'$ref':{'type':'string'},'pattern':{'type':'string'}}}",
            })
    void allThatLeadsSomewhereWithinItIsFollowed(String schema) {
        assertThatCode(() -> filter(passage(schema)).whole(answer("stop", "1"))).doesNotThrowAnyException();
        assertThat(mismatch(schema, "\"a\"")).contains("it is not a number");
    }

    @Test
    void patternsOfPropertiesAreFollowed() {
        var schema = "{'patternProperties':{'^n':{'type':'number'}},'additionalProperties':false}";

        assertThatCode(() -> filter(passage(schema)).whole(answer("stop", "{\"n1\":1}")))
                .doesNotThrowAnyException();
        assertThat(mismatch(schema, "{\"n1\":\"x\"}")).contains("/n1 is not a number");
        assertThat(mismatch(schema, "{\"x\":1}")).contains("/x is not allowed");
    }

    @Test
    void aPatternMayNameCharactersAsJavaScriptDoes() {
        var schema = "{'pattern':'^[\\\\u0061-\\\\u0063]+$'}";

        assertThatCode(() -> filter(passage(schema)).whole(answer("stop", "\"abc\"")))
                .doesNotThrowAnyException();
        assertThat(mismatch(schema, "\"abd\"")).contains("'pattern'");
    }

    /** Each of these would take for ever, or until there is no memory left. */
    @ParameterizedTest
    @ValueSource(strings = {"branches", "circle", "pattern"})
    @Timeout(60)
    void noSchemaHoldsUpTheGateway(String how) {
        var branches = IntStream.range(0, 40)
                .mapToObj(i -> "'a" + i + "':{'allOf':[{'$ref':'#/$defs/a" + (i + 1) + "'},{'$ref':'#/$defs/a" + (i + 1)
                        + "'}]}")
                .collect(Collectors.joining(","));
        var schema = switch (how) {
            case "branches" -> "{'$ref':'#/$defs/a0','$defs':{" + branches + ",'a40':{}}}";
            case "circle" -> "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#'}}}";
            default -> "{'items':{'pattern':'(((a{20}){20}){1,20})*b'}}";
        };
        var text = '"' + "a".repeat(100_000) + '"';

        assertThat(mismatch(schema, '[' + text + ',' + text + ']'))
                .isEqualTo("The answer takes too long to be held against the schema 'order'.");
    }

    /** As it is on a thread of the gateway, and at the most that a request may hold. */
    @Test
    void whatIsDeepIsReadWithoutOverflowingTheStack() throws Exception {
        var deep = "{'items':".repeat(90) + "{}" + "}".repeat(90);
        var recursive = "{'items':{'$ref':'#'}}";
        var outcome = new StringBuilder();
        var thread = new Thread(
                null,
                () -> {
                    filter(passage(deep)).whole(answer("stop", "[".repeat(95) + "]".repeat(95)));
                    filter(passage(recursive)).whole(answer("stop", "[".repeat(95) + "]".repeat(95)));
                    outcome.append("done");
                },
                "small",
                512 * 1_024);
        thread.start();
        thread.join(60_000);

        assertThat(outcome).hasToString("done");
    }

    @Test
    void anAnswerMayBeSoLongOnly() {
        assertThat(mismatch("{}", '"' + "x".repeat(Validation.LONGEST) + '"'))
                .contains("is too long to be held against");
    }

    @Test
    void areLookedAtOnlyWhereTheRequestSaysSo() {
        var named = Optional.of(view("{'id':'schema-validation'}"));
        var request = ChatRequest.of(view("{'model':'a/b'," + format(ORDER) + "}"));

        assertThat(PLUGIN.enter(request, named, FakeRoom.UNKNOWN)).isPresent();
        assertThat(PLUGIN.enter(request, Optional.empty(), FakeRoom.UNKNOWN)).isEmpty();
        assertThat(enter("'response_format':{'type':'text'}")).isEmpty();
        assertThat(enter("'messages':[]")).isEmpty();
    }
}
