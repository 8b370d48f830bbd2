package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes what a message says as parts: text, and images, documents, sounds and films as data or by their address. */
final class Media {
    private static final Pattern DATA_HEAD =
            Pattern.compile("data:([^;,]*)(?:;[^;,]*)*;base64", Pattern.CASE_INSENSITIVE);

    private static final Pattern EXTENSION = Pattern.compile("[^?#]*/[^/?#]*\\.([a-zA-Z0-9]{2,5})(?:[?#].*)?");

    private static final Pattern FILM_PAGE =
            Pattern.compile("https?://(?:[a-z]+\\.)?(?:youtube\\.com|youtu\\.be)/.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern UPLOADED =
            Pattern.compile("https://generativelanguage\\.googleapis\\.com/[a-z0-9]+/files/.*");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("csv", "text/csv"),
            Map.entry("html", "text/html"),
            Map.entry("json", "application/json"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("wav", "audio/wav"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("aac", "audio/aac"),
            Map.entry("aiff", "audio/aiff"),
            Map.entry("m4a", "audio/m4a"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/mov"),
            Map.entry("mpg", "video/mpg"),
            Map.entry("mpeg", "video/mpeg"),
            Map.entry("avi", "video/avi"),
            Map.entry("webm", "video/webm"),
            Map.entry("wmv", "video/wmv"));

    private Media() {}

    /**
     * All parts of a content. Empty texts are left out: Gemini refuses them.
     *
     * @param textOnly whether the message's role lets it say nothing but text
     * @param field where the content stands in the request
     */
    static JsonArray parts(@Nullable JsonElement content, boolean textOnly, ModelRules rules, String field) {
        var parts = new JsonArray();
        if (content instanceof JsonArray several) {
            for (int i = 0; i < several.size(); i++) {
                var part = part(JsonTree.object(several.get(i)), textOnly, rules, field + "[" + i + "]");
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
        } else if (!JsonTree.text(content).isEmpty()) {
            parts.add(Json.with("text", JsonTree.text(content)));
        }
        return parts;
    }

    /** The texts of a content, one after the other. */
    static String text(@Nullable JsonElement content) {
        if (!(content instanceof JsonArray parts)) {
            return JsonTree.text(content);
        }
        var text = new StringBuilder();
        for (var element : parts) {
            var part = JsonTree.object(element);
            var type = JsonTree.text(part.get("type"));
            text.append(type.equals("refusal") ? JsonTree.text(part.get("refusal")) : JsonTree.text(part.get("text")));
        }
        return text.toString();
    }

    /** An image of an earlier answer, as the client has it: {@code {image_url: {url}}}. */
    static JsonObject image(JsonObject part, ModelRules rules, String field) {
        return source(url(part, "image_url"), "image/jpeg", rules, field + ".image_url.url");
    }

    private static JsonObject part(JsonObject part, boolean textOnly, ModelRules rules, String field) {
        var type = JsonTree.text(part.get("type"));
        if (type.equals("text") || type.equals("refusal")) {
            var text = JsonTree.text(part.get(type));
            return text.isEmpty() ? new JsonObject() : Json.with("text", text);
        }
        if (textOnly) {
            throw unknown(field);
        }
        return switch (type) {
            case "image_url" -> image(part, rules, field);
            case "video_url", "input_video" -> source(url(part, type), "video/mp4", rules, field + "." + type + ".url");
            case "input_audio" -> sound(JsonTree.object(part.get("input_audio")), field + ".input_audio");
            case "file" -> file(JsonTree.object(part.get("file")), rules, field + ".file");
            default -> throw unknown(field);
        };
    }

    private static String url(JsonObject part, String name) {
        return part.get(name) instanceof JsonObject object
                ? JsonTree.text(object.get("url"))
                : JsonTree.text(part.get(name));
    }

    private static JsonObject sound(JsonObject audio, String field) {
        var format = JsonTree.text(audio.get("format")).toLowerCase(Locale.ROOT);
        var data = JsonTree.text(audio.get("data"));
        if (data.isEmpty()) {
            throw Failure.invalid(field + ".data", "This provider wants the sound as base64.")
                    .toException();
        }
        int comma = data.startsWith("data:") ? data.indexOf(',') : -1;
        return inline(TYPES.getOrDefault(format, "audio/" + format), data.substring(comma + 1));
    }

    private static JsonObject file(JsonObject file, ModelRules rules, String field) {
        var data = JsonTree.text(file.get("file_data"));
        var name = JsonTree.text(file.get("filename"));
        var type = ofExtension("/" + name, "application/pdf");
        return source(data, type, rules, field + ".file_data");
    }

    /** Whether Google fetches from this address. */
    static boolean fetches(String url, ModelRules rules) {
        return url.startsWith("https://")
                || rules.isVertex() && url.startsWith("http://")
                || FILM_PAGE.matcher(url).matches();
    }

    private static JsonObject source(String url, String type, ModelRules rules, String field) {
        if (fetches(url, rules) || rules.isVertex() && url.startsWith("gs://")) {
            return address(url, type, rules);
        }
        int comma = url.indexOf(',');
        var head = DATA_HEAD.matcher(url.substring(0, Math.max(0, comma)));
        if (!head.matches()) {
            throw Failure.invalid(field, "This provider takes URLs that begin with https: or are base64 data.")
                    .toException();
        }
        var said = head.group(1).toLowerCase(Locale.ROOT);
        return inline(said.isEmpty() ? type : said.equals("image/jpg") ? "image/jpeg" : said, url.substring(comma + 1));
    }

    /** Google fetches it, and wants to know what it gets, unless it knows already. */
    private static JsonObject address(String url, String type, ModelRules rules) {
        var data = new JsonObject();
        boolean isFilmPage = FILM_PAGE.matcher(url).matches();
        if (rules.isVertex() || !isFilmPage && !UPLOADED.matcher(url).matches()) {
            data.addProperty("mimeType", isFilmPage ? "video/mp4" : ofExtension(url, type));
        }
        data.addProperty("fileUri", url);
        return Json.with("fileData", data);
    }

    private static JsonObject inline(String type, String base64) {
        var data = new JsonObject();
        data.addProperty("mimeType", type);
        data.addProperty("data", base64);
        return Json.with("inlineData", data);
    }

    private static String ofExtension(String path, String otherwise) {
        var found = EXTENSION.matcher(path);
        return found.matches() ? TYPES.getOrDefault(found.group(1).toLowerCase(Locale.ROOT), otherwise) : otherwise;
    }

    private static RuntimeException unknown(String field) {
        return Failure.invalid(field, "This provider takes no such content in a message of this role.")
                .toException();
    }
}
