package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every inbound dialect with every adapter: requests go in by the dialect, what was recorded of the provider comes back, and
 * the client has to find in its own format what that means. The outcome is the table in docs/compatibility.md; {@code
 * -Dpatchbay.write=true} writes it anew.
 */
class CompatibilityIT {
    private static final Path PAGE = Path.of("../docs/compatibility.md");
    private static final String MARK = "<!-- The table is written by CompatibilityIT. -->\n";
    /** The beginning of a PNG. */
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static final String SCHEMA = "{'type':'object','properties':{'town_of_birth':{'type':'string'}},"
            + "'required':['town_of_birth'],'additionalProperties':false}";
    private static final String TOOL_SCHEMA = "{'type':'object','properties':{'city':{'type':'string'}}}";

    private static final Map<String, Recorded> RECORDED = new LinkedHashMap<>();
    private static Distribution gateway;
    private static Api api;

    /** What is looked at. */
    private enum Feature {
        TEXT,
        IMAGE,
        SCHEMA,
        STREAM,
        TOOLS,
        THINKING,
        ERROR
    }

    /** A provider that says what was recorded of it. */
    private record Recorded(FakeUpstream upstream, JsonObject whole, JsonObject stream, JsonObject error) {
        static Recorded of(String adapter) throws IOException {
            var recorded = new Recorded(
                    FakeUpstream.start(),
                    read(adapter, "plain", "tool-result"),
                    read(adapter, "stream-tools"),
                    read(adapter, "error-429", "error-busy"));
            recorded.upstream.answer(recorded::answer);
            return recorded;
        }

        private static JsonObject read(String adapter, String... names) throws IOException {
            var folder = Path.of("../bundles/adapter-" + adapter + "/src/test/resources/exchanges");
            for (var name : names) {
                var file = folder.resolve(name + ".json");
                if (Files.exists(file)) {
                    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
                }
            }
            throw new IOException("nothing is recorded of " + adapter + ": " + List.of(names));
        }

        private void answer(FakeExchange exchange) throws IOException {
            var asked = exchange.request().path() + exchange.request().bodyText();
            boolean streams = asked.contains("\"stream\":true")
                    || asked.toLowerCase(Locale.ROOT).contains("stream?")
                    || asked.contains("-stream{")
                    || asked.contains("streamGenerateContent");
            send(exchange, asked.contains("failing") ? error : streams ? stream : whole);
        }

        private static void send(FakeExchange exchange, JsonObject recorded) throws IOException {
            var response = recorded.getAsJsonObject("response");
            var headers = JsonTree.object(response.get("headers"));
            var type = Optional.of(JsonTree.text(headers.get("content-type")))
                    .filter(text -> !text.isEmpty())
                    .orElse("application/json");
            exchange.body(response.get("status").getAsInt(), type, body(response));
        }

        private static byte[] body(JsonObject response) {
            if (response.has("base64")) {
                return Base64.getDecoder().decode(JsonTree.text(response.get("base64")));
            }
            var text = response.has("raw")
                    ? JsonTree.text(response.get("raw"))
                    : response.get("body").toString();
            return text.getBytes(StandardCharsets.UTF_8);
        }

        String fact(JsonObject exchange, String name) {
            return JsonTree.text(JsonTree.object(exchange.get("facts")).get(name));
        }
    }

    /** An inbound format. */
    private enum Dialect {
        CHAT("/chat/completions") {
            @Override
            String request(String model, Feature feature) {
                var content = feature == Feature.IMAGE
                        ? "[{'type':'text','text':'What is it?'},{'type':'image_url','image_url':{'url':'data:image/png;base64,"
                                + PICTURE + "'}}]"
                        : "'Hello'";
                return "{'model':'" + model + "',"
                        + switch (feature) {
                            case SCHEMA ->
                                "'response_format':{'type':'json_schema','json_schema':{'name':'born','strict':true,'schema':"
                                        + SCHEMA + "}},";
                            case STREAM ->
                                "'stream':true,'tools':[{'type':'function','function':{'name':'get_weather','parameters':"
                                        + TOOL_SCHEMA + "}}],";
                            default -> "";
                        }
                        + "'messages':[{'role':'user','content':" + content + "}]}";
            }

            @Override
            Heard heard(JsonObject whole) {
                var message = JsonTree.object(first(whole, "choices").get("message"));
                return Heard.text(JsonTree.text(message.get("content")));
            }

            @Override
            void add(JsonObject event, Heard to) {
                var delta = JsonTree.object(first(event, "choices").get("delta"));
                to.text.append(JsonTree.text(delta.get("content")));
                to.thoughts.append(JsonTree.text(delta.get("reasoning")));
                for (var call : JsonTree.array(delta.get("tool_calls"))) {
                    var function = JsonTree.object(JsonTree.object(call).get("function"));
                    to.calls
                            .append(JsonTree.text(function.get("name")))
                            .append(JsonTree.text(function.get("arguments")));
                }
            }

            @Override
            boolean isRateLimit(JsonObject body) {
                return JsonTree.text(JsonTree.object(body.get("error")).get("type"))
                        .equals("rate_limit_error");
            }
        },
        RESPONSES("/responses") {
            @Override
            String request(String model, Feature feature) {
                var content = feature == Feature.IMAGE
                        ? "[{'role':'user','content':[{'type':'input_text','text':'What is it?'},"
                                + "{'type':'input_image','image_url':'data:image/png;base64," + PICTURE + "'}]}]"
                        : "'Hello'";
                return "{'model':'" + model + "',"
                        + switch (feature) {
                            case SCHEMA ->
                                "'text':{'format':{'type':'json_schema','name':'born','strict':true,'schema':" + SCHEMA
                                        + "}},";
                            case STREAM ->
                                "'stream':true,'tools':[{'type':'function','name':'get_weather','parameters':"
                                        + TOOL_SCHEMA + "}],";
                            default -> "";
                        }
                        + "'input':" + content + "}";
            }

            @Override
            Heard heard(JsonObject whole) {
                var heard = new Heard();
                for (var item : JsonTree.array(whole.get("output"))) {
                    var one = JsonTree.object(item);
                    switch (JsonTree.text(one.get("type"))) {
                        case "message" ->
                            JsonTree.array(one.get("content"))
                                    .forEach(part -> heard.text.append(
                                            JsonTree.text(JsonTree.object(part).get("text"))));
                        case "function_call" ->
                            heard.calls
                                    .append(JsonTree.text(one.get("name")))
                                    .append(JsonTree.text(one.get("arguments")));
                        case "reasoning" -> heard.thoughts.append(one);
                        default -> {}
                    }
                }
                return heard;
            }

            @Override
            void add(JsonObject event, Heard to) {
                if (JsonTree.text(event.get("type")).equals("response.completed")) {
                    var all = heard(JsonTree.object(event.get("response")));
                    to.text.append(all.text);
                    to.thoughts.append(all.thoughts);
                    to.calls.append(all.calls);
                }
            }

            @Override
            boolean isRateLimit(JsonObject body) {
                return JsonTree.object(body.get("error")).has("code");
            }
        },
        MESSAGES("/messages") {
            @Override
            String request(String model, Feature feature) {
                var content = feature == Feature.IMAGE
                        ? "[{'type':'text','text':'What is it?'},{'type':'image','source':{'type':'base64',"
                                + "'media_type':'image/png','data':'" + PICTURE + "'}}]"
                        : "'Hello'";
                return "{'model':'" + model + "','max_tokens':4000,"
                        + switch (feature) {
                            case SCHEMA -> "'output_config':{'format':{'type':'json_schema','schema':" + SCHEMA + "}},";
                            case STREAM ->
                                "'stream':true,'tools':[{'name':'get_weather','input_schema':" + TOOL_SCHEMA + "}],";
                            default -> "";
                        }
                        + "'messages':[{'role':'user','content':" + content + "}]}";
            }

            @Override
            Heard heard(JsonObject whole) {
                var heard = new Heard();
                JsonTree.array(whole.get("content"))
                        .forEach(block -> heard.text.append(
                                JsonTree.text(JsonTree.object(block).get("text"))));
                return heard;
            }

            @Override
            void add(JsonObject event, Heard to) {
                var delta = JsonTree.object(event.get("delta"));
                to.text.append(JsonTree.text(delta.get("text")));
                to.thoughts.append(JsonTree.text(delta.get("thinking")));
                to.calls
                        .append(JsonTree.text(
                                JsonTree.object(event.get("content_block")).get("name")))
                        .append(JsonTree.text(delta.get("partial_json")));
            }

            @Override
            boolean isRateLimit(JsonObject body) {
                return JsonTree.text(body.get("type")).equals("error")
                        && JsonTree.text(JsonTree.object(body.get("error")).get("type"))
                                .equals("rate_limit_error");
            }
        },
        COMPLETIONS("/completions") {
            @Override
            String request(String model, Feature feature) {
                return "{'model':'" + model + "'," + (feature == Feature.STREAM ? "'stream':true," : "")
                        + "'prompt':'Hello'}";
            }

            @Override
            Heard heard(JsonObject whole) {
                return Heard.text(JsonTree.text(first(whole, "choices").get("text")));
            }

            @Override
            void add(JsonObject event, Heard to) {
                to.text.append(JsonTree.text(first(event, "choices").get("text")));
            }

            @Override
            boolean isRateLimit(JsonObject body) {
                return CHAT.isRateLimit(body);
            }

            @Override
            boolean knows(Feature feature) {
                return feature == Feature.TEXT || feature == Feature.STREAM || feature == Feature.ERROR;
            }
        };

        private final String path;

        Dialect(String path) {
            this.path = path;
        }

        /** Asks for something, in quotes that are single. */
        abstract String request(String model, Feature feature);

        abstract Heard heard(JsonObject whole);

        /** Adds what an event of a stream says. */
        abstract void add(JsonObject event, Heard to);

        abstract boolean isRateLimit(JsonObject body);

        /** Whether the client is told in its own words to slow down, or that there is too much to do. */
        boolean isError(Api.Answer answer, JsonObject recorded) {
            int status = recorded.getAsJsonObject("response").get("status").getAsInt();
            return status == 429
                    ? answer.status() == 429 && isRateLimit(answer.json())
                    : answer.status() == (this == MESSAGES ? 529 : 503);
        }

        boolean knows(Feature feature) {
            return true;
        }

        Heard heardOfStream(String stream) {
            var heard = new Heard();
            stream.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .forEach(line ->
                            add(JsonParser.parseString(line.substring(6)).getAsJsonObject(), heard));
            return heard;
        }

        private static JsonObject first(JsonObject holder, String name) {
            var all = JsonTree.array(holder.get(name));
            return all.isEmpty() ? new JsonObject() : JsonTree.object(all.get(0));
        }
    }

    /** What a client finds in an answer. */
    private static final class Heard {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thoughts = new StringBuilder();
        private final StringBuilder calls = new StringBuilder();

        static Heard text(String said) {
            var heard = new Heard();
            heard.text.append(said);
            return heard;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        var starter = Distribution.withHome("compatibility");
        for (var adapter :
                List.of("openai", "anthropic", "gemini", "bedrock", "azure", "mistral", "cohere", "ollama")) {
            var recorded = Recorded.of(adapter);
            RECORDED.put(adapter, recorded);
            var models = Stream.concat(
                            Stream.of("model=" + adapter + "-model"),
                            Stream.of(Dialect.values()).map(dialect -> "failing-" + dialect + "=failing-" + dialect))
                    .map(model -> adapter + '/' + model.toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            starter = starter.configured(
                    "io.patchbay.provider~lab-" + adapter + ".cfg",
                    "adapter = " + adapter + "\nbase-url = " + recorded.upstream.baseUrl() + "\nmodels = " + models
                            + "\nprice-prompt = 1\nprice-completion = 1\napi-key = upstream-secret\n");
        }
        gateway = starter.start();
        api = new Api(gateway, gateway.key());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        RECORDED.values().forEach(recorded -> recorded.upstream().close());
    }

    @Test
    void everyDialectGoesWithEveryAdapter() throws IOException {
        var table = new StringBuilder("| client | provider | "
                + Stream.of(Feature.values())
                        .map(feature -> feature.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" | "))
                + " |\n|---|---|" + "---|".repeat(Feature.values().length) + '\n');
        for (var dialect : Dialect.values()) {
            for (var adapter : RECORDED.keySet()) {
                var cells = cells(dialect, adapter);
                table.append("| `")
                        .append(dialect.path)
                        .append("` | ")
                        .append(adapter)
                        .append(" | ");
                table.append(String.join(" | ", cells.values())).append(" |\n");
            }
        }

        var page = Files.readString(PAGE);
        var start = page.indexOf(MARK) + MARK.length();
        if (Boolean.getBoolean("patchbay.write")) {
            Files.writeString(PAGE, page.substring(0, start) + '\n' + table);
            return;
        }
        assertThat(table.toString()).isEqualTo(page.substring(start + 1));
    }

    private static Map<Feature, String> cells(Dialect dialect, String adapter) {
        var recorded = RECORDED.get(adapter);
        var model = adapter + "/model";
        var cells = new EnumMap<Feature, String>(Feature.class);
        for (var feature : Feature.values()) {
            cells.put(feature, "–");
        }
        for (var feature : List.of(Feature.TEXT, Feature.IMAGE, Feature.SCHEMA)) {
            if (dialect.knows(feature)) {
                cells.put(feature, whole(dialect, recorded, model, feature));
            }
        }
        cells.putAll(stream(dialect, recorded, model));
        var failing = adapter + "/failing-" + dialect.name().toLowerCase(Locale.ROOT);
        var error = ask(dialect, failing, Feature.ERROR);
        cells.put(Feature.ERROR, is(dialect.isError(error, recorded.error)));
        return cells;
    }

    private static Api.Answer ask(Dialect dialect, String model, Feature feature) {
        return api.post(dialect.path, dialect.request(model, feature).replace('\'', '"'));
    }

    private static String whole(Dialect dialect, Recorded recorded, String model, Feature feature) {
        var answer = ask(dialect, model, feature);
        if (answer.status() != 200) {
            return said(answer);
        }
        var expected = recorded.fact(recorded.whole, "text");
        if (!dialect.heard(answer.json()).text.toString().equals(expected)) {
            return "another text";
        }
        var sent = recorded.upstream.lastRequest().bodyText();
        return switch (feature) {
            case IMAGE -> sent.contains(PICTURE) ? "yes" : "not sent";
            case SCHEMA -> sent.contains("town_of_birth") ? "yes" : "not sent";
            default -> "yes";
        };
    }

    private static Map<Feature, String> stream(Dialect dialect, Recorded recorded, String model) {
        var answer = ask(dialect, model, Feature.STREAM);
        if (answer.status() != 200) {
            return Map.of(Feature.STREAM, said(answer));
        }
        var heard = dialect.heardOfStream(answer.text());
        var cells = new EnumMap<Feature, String>(Feature.class);
        var facts = recorded.stream;
        cells.put(Feature.STREAM, is(heard.text.toString().equals(recorded.fact(facts, "text"))));
        if (dialect.knows(Feature.TOOLS)) {
            cells.put(Feature.TOOLS, is(hasCalls(heard, facts)));
            var thoughts = recorded.fact(facts, "reasoning");
            if (!thoughts.isEmpty()) {
                cells.put(Feature.THINKING, is(heard.thoughts.toString().contains(quoted(thoughts, dialect))));
            }
        }
        return cells;
    }

    /** Items of a response are compared as JSON. */
    private static String quoted(String text, Dialect dialect) {
        var json = new JsonPrimitive(text).toString();
        return dialect == Dialect.RESPONSES ? json.substring(1, json.length() - 1) : text;
    }

    private static boolean hasCalls(Heard heard, JsonObject facts) {
        var said = heard.calls.toString().replaceAll("\\s", "");
        var calls = new ArrayList<JsonElement>();
        ((JsonArray) JsonTree.object(facts.get("facts")).get("tool_calls")).forEach(calls::add);
        return calls.stream().map(JsonTree::object).allMatch(call -> {
            var arguments = call.get("arguments").toString().replaceAll("\\s", "");
            return said.contains(JsonTree.text(call.get("name"))) && said.contains(arguments);
        });
    }

    private static String is(boolean so) {
        return so ? "yes" : "no";
    }

    /** What a client is told instead. */
    private static String said(Api.Answer answer) {
        return answer.status() + ": "
                + JsonTree.text(JsonTree.object(answer.json().get("error")).get("message"));
    }
}
