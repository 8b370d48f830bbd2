package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes what messages say as blocks. Blank texts are left out: Bedrock refuses them. For one request and one thread,
 * because documents need names that differ from each other.
 */
final class Content {
    private static final Set<String> IMAGES = Set.of("png", "jpeg", "gif", "webp");
    private static final Set<String> VIDEOS =
            Set.of("mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp");

    private static final Map<String, String> DOCUMENTS = Map.ofEntries(
            Map.entry("pdf", "pdf"),
            Map.entry("csv", "csv"),
            Map.entry("html", "html"),
            Map.entry("plain", "txt"),
            Map.entry("txt", "txt"),
            Map.entry("markdown", "md"),
            Map.entry("md", "md"),
            Map.entry("msword", "doc"),
            Map.entry("doc", "doc"),
            Map.entry("vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("docx", "docx"),
            Map.entry("vnd.ms-excel", "xls"),
            Map.entry("xls", "xls"),
            Map.entry("vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("xlsx", "xlsx"));

    private static final Pattern EXTENSION = Pattern.compile("\\.[a-zA-Z0-9]{1,5}$");
    private static final Pattern NOT_IN_NAME = Pattern.compile("[^a-zA-Z0-9()\\[\\]-]+");
    private static final int LONGEST_NAME = 150;

    private final ModelRules rules;
    private final Set<String> documentNames = new HashSet<>();

    Content(ModelRules rules) {
        this.rules = rules;
    }

    /**
     * All blocks of a content.
     *
     * @param textOnly whether the message's role lets it say nothing but text
     * @param field where the content stands in the request
     */
    JsonArray blocks(@Nullable JsonElement content, boolean textOnly, String field) {
        var blocks = new JsonArray();
        if (!(content instanceof JsonArray parts)) {
            addText(JsonTree.text(content), blocks);
            return blocks;
        }
        for (int i = 0; i < parts.size(); i++) {
            var part = JsonTree.object(parts.get(i));
            add(part, textOnly, field + "[" + i + "]", blocks);
            CachePoints.add(part, rules, blocks);
        }
        return blocks;
    }

    private static void addText(String text, JsonArray blocks) {
        if (!text.isBlank()) {
            blocks.add(Json.of("text", text));
        }
    }

    private void add(JsonObject part, boolean textOnly, String field, JsonArray blocks) {
        var type = JsonTree.text(part.get("type"));
        if (type.equals("text") || type.equals("refusal")) {
            addText(JsonTree.text(part.get(type)), blocks);
            return;
        }
        if (textOnly) {
            throw unsupported(field, "This provider takes nothing but text in a message of this role.");
        }
        blocks.add(
                switch (type) {
                    case "image_url", "video_url" -> media(url(part.get(type), field + '.' + type), field);
                    case "file" -> file(JsonTree.object(part.get("file")), field + ".file");
                    case "input_audio" -> audio(JsonTree.object(part.get("input_audio")), field + ".input_audio");
                    default -> throw unsupported(field + ".type", "This provider does not know this kind of content.");
                });
    }

    private static DataUrl url(@Nullable JsonElement link, String field) {
        return DataUrl.of(JsonTree.text(link instanceof JsonObject object ? object.get("url") : link), field + ".url");
    }

    private JsonObject file(JsonObject file, String field) {
        var data = DataUrl.of(JsonTree.text(file.get("file_data")), field + ".file_data");
        var format = DOCUMENTS.get(data.subtype());
        if (format == null) {
            return media(data, field + ".file_data");
        }
        var document = new JsonObject();
        document.addProperty("format", format);
        document.addProperty("name", documentName(JsonTree.text(file.get("filename"))));
        document.add("source", data.source());
        return Json.of("document", document);
    }

    private static JsonObject media(DataUrl data, String field) {
        var subtype = data.subtype();
        var format = switch (subtype) {
            case "jpg" -> "jpeg";
            case "quicktime" -> "mov";
            case "x-matroska" -> "mkv";
            case "x-flv" -> "flv";
            case "x-ms-wmv" -> "wmv";
            case "3gpp", "3gp" -> "three_gp";
            default -> subtype;
        };
        var kind = IMAGES.contains(format) ? "image" : VIDEOS.contains(format) ? "video" : "";
        if (kind.isEmpty()) {
            throw unsupported(field, "This provider does not read this kind of file.");
        }
        return block(kind, format, data.source());
    }

    /** Few models listen; the others say so themselves. */
    private static JsonObject audio(JsonObject audio, String field) {
        var data = JsonTree.text(audio.get("data"));
        if (data.isEmpty()) {
            throw unsupported(field + ".data", "This provider wants the sound as base64.");
        }
        int comma = data.startsWith("data:") ? data.indexOf(',') : -1;
        return block("audio", JsonTree.text(audio.get("format")), Json.of("bytes", data.substring(comma + 1)));
    }

    private static JsonObject block(String kind, String format, JsonObject source) {
        var block = new JsonObject();
        block.addProperty("format", format);
        block.add("source", source);
        return Json.of(kind, block);
    }

    /** Bedrock takes a few characters only, and no name twice. */
    private String documentName(String filename) {
        var plain = NOT_IN_NAME
                .matcher(EXTENSION.matcher(filename).replaceFirst(""))
                .replaceAll(" ")
                .strip();
        var base = plain.isEmpty() ? "Document" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        var name = base;
        for (int i = 2; !documentNames.add(name); i++) {
            name = base + ' ' + i;
        }
        return name;
    }

    private static RuntimeException unsupported(String field, String message) {
        return Failure.invalid(field, message).toException();
    }
}
