package io.patchbay.dialect.openai;

import static io.patchbay.api.dialect.FieldRule.integer;
import static io.patchbay.api.dialect.FieldRule.kind;
import static io.patchbay.api.dialect.FieldRule.number;
import static io.patchbay.api.dialect.FieldRule.oneOf;
import static io.patchbay.api.dialect.FieldRule.text;
import static io.patchbay.api.dialect.FieldRule.wrong;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.dialect.FieldRule;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.MultipartForm;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.tasks.Task;
import io.patchbay.api.tasks.TaskRequest;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads requests for tasks and checks what OpenRouter's and OpenAI's documentation say of their fields. Fields that neither
 * knows pass unchecked: a provider may know them.
 */
final class TaskRequestReader {
    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST_DOCUMENTS = 10_000;
    private static final int MOST_PICTURES = 10;
    private static final String SOUND = "input_audio";
    private static final String GRANULARITIES = "timestamp_granularities";

    private static final Map<String, FieldRule> RERANK = Map.of(
            "query", text(LONGEST_TEXT),
            "documents", kind(JsonKind.ARRAY),
            "top_n", integer(1, MOST_DOCUMENTS));

    private static final Map<String, FieldRule> IMAGE = Map.of(
            "prompt", text(LONGEST_TEXT),
            "n", integer(1, MOST_PICTURES),
            "size", text(64),
            "quality", text(64),
            "output_compression", integer(0, 100));

    private static final Map<String, FieldRule> SPEECH = Map.of(
            "input", text(LONGEST_TEXT),
            "voice", kind(JsonKind.STRING, JsonKind.OBJECT),
            "response_format", text(32),
            "speed", number(0.25, 4));

    private static final Map<String, FieldRule> TRANSCRIPTION = Map.of(
            SOUND,
            kind(JsonKind.OBJECT),
            "language",
            text(32),
            "temperature",
            number(0, 1),
            GRANULARITIES,
            kind(JsonKind.ARRAY),
            "response_format",
            oneOf("json", "verbose_json"));

    private TaskRequestReader() {}

    /** @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field */
    static TaskRequest read(Task task, HttpRequest http) {
        var type = http.header("Content-Type").orElse("");
        var body = http.body();
        var json = task == Task.TRANSCRIPTION && MultipartForm.is(type)
                ? checked(task, ofForm(MultipartForm.parse(type, body)))
                : RequestBody.checked(body, rules(task));
        RequestBody.requireModel(json);
        if (json.has("provider") && json.kind("provider").orElse(JsonKind.NULL) != JsonKind.OBJECT) {
            throw wrong("provider", "must be an object");
        }
        switch (task) {
            case RERANK -> {
                requireText(json, "query");
                checkDocuments(json);
            }
            case IMAGE -> requireText(json, "prompt");
            case SPEECH -> requireText(json, "input");
            case TRANSCRIPTION -> checkSound(json);
        }
        return TaskRequest.of(task, json);
    }

    private static Map<String, FieldRule> rules(Task task) {
        return switch (task) {
            case RERANK -> RERANK;
            case IMAGE -> IMAGE;
            case SPEECH -> SPEECH;
            case TRANSCRIPTION -> TRANSCRIPTION;
        };
    }

    private static void requireText(JsonView json, String field) {
        if (json.string(field).filter(text -> !text.isEmpty()).isEmpty()) {
            throw wrong(field, "must be a text that is not empty");
        }
    }

    private static JsonView checked(Task task, JsonObject form) {
        return RequestBody.checked(JsonView.of(form).toBytes(), rules(task));
    }

    private static void checkDocuments(JsonView json) {
        var kinds = json.elementKinds("documents");
        if (kinds.isEmpty() || kinds.size() > MOST_DOCUMENTS) {
            throw wrong("documents", "must be an array of 1 to " + MOST_DOCUMENTS + " texts");
        }
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i) != JsonKind.STRING && kinds.get(i) != JsonKind.OBJECT) {
                throw wrong("documents[" + i + ']', "must be a string, or an object with text or image");
            }
        }
    }

    private static void checkSound(JsonView json) {
        var sound = json.object(SOUND);
        if (sound.isEmpty()) {
            throw wrong(SOUND, "is missing: an object with data (base64) and format, or send the file in a form");
        }
        if (sound.get().string("data").filter(data -> !data.isEmpty()).isEmpty()) {
            throw wrong(SOUND + ".data", "must be the recording in base64");
        }
        if (sound.get().string("format").filter(format -> !format.isEmpty()).isEmpty()) {
            throw wrong(SOUND + ".format", "must be the recording's format: wav, mp3, …");
        }
    }

    /** A form says the same as OpenRouter's JSON. */
    private static JsonObject ofForm(MultipartForm form) {
        var json = new JsonObject();
        form.fields().forEach((name, value) -> {
            switch (name) {
                case "temperature" -> addNumber(json, name, value);
                case GRANULARITIES -> json.add(name, words(value));
                default -> json.addProperty(name, value);
            }
        });
        var file = form.file().orElseThrow(() -> wrong("file", "is missing"));
        var sound = new JsonObject();
        sound.addProperty("data", file.base64());
        sound.addProperty("format", format(file));
        json.add(SOUND, sound);
        return json;
    }

    private static void addNumber(JsonObject json, String name, String value) {
        try {
            json.addProperty(name, new BigDecimal(value.strip()));
        } catch (NumberFormatException none) {
            throw wrong(name, "must be a number");
        }
    }

    private static JsonArray words(String list) {
        var words = new JsonArray();
        Stream.of(list.split(",", -1)).forEach(words::add);
        return words;
    }

    /** By the ending of its name, else by the type that it is said to have. */
    private static String format(MultipartForm.UploadedFile file) {
        int dot = file.name().lastIndexOf('.');
        var format = dot >= 0 ? file.name().substring(dot + 1) : file.type().replaceFirst(".*/(x-)?", "");
        return format.isBlank() ? "wav" : format.toLowerCase(Locale.ROOT);
    }
}
