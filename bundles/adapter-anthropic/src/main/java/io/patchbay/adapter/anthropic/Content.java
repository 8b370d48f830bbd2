package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes what a message says as blocks. Blank texts are left out: Anthropic refuses them. */
final class Content {
    /** What a message may hold beside text: nothing, media as data, or media as data or an address. */
    enum Media {
        NONE,
        INLINE,
        ANY
    }

    private static final Pattern DATA_HEAD =
            Pattern.compile("data:([^;,]*)(?:;[^;,]*)*;base64", Pattern.CASE_INSENSITIVE);

    private Content() {}

    /**
     * All blocks of a content.
     *
     * @param media what the message's role and the provider let it hold beside text
     * @param field where the content stands in the request
     */
    static JsonArray blocks(@Nullable JsonElement content, Media media, String field) {
        var blocks = new JsonArray();
        if (content instanceof JsonArray parts) {
            for (int i = 0; i < parts.size(); i++) {
                var part = JsonTree.object(parts.get(i));
                var block = block(part, media, field + "[" + i + "]");
                if (!block.isEmpty()) {
                    Json.addCacheControl(part, block);
                    blocks.add(block);
                }
            }
        } else {
            var block = text(JsonTree.text(content));
            if (!block.isEmpty()) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static JsonObject block(JsonObject part, Media media, String field) {
        var type = JsonTree.text(part.get("type"));
        if (type.equals("text") || type.equals("refusal")) {
            return text(JsonTree.text(part.get(type)));
        }
        if (media == Media.NONE || !type.equals("image_url") && !type.equals("file")) {
            throw Failure.invalid(field, "This provider takes no such content in a message of this role.")
                    .toException();
        }
        return type.equals("file")
                ? file(JsonTree.object(part.get("file")), media, field + ".file")
                : image(part, media, field);
    }

    private static JsonObject text(String text) {
        var block = new JsonObject();
        if (!text.isBlank()) {
            block.addProperty("type", "text");
            block.addProperty("text", text);
        }
        return block;
    }

    private static JsonObject image(JsonObject part, Media media, String field) {
        var image = part.get("image_url");
        var url = JsonTree.text(image instanceof JsonObject object ? object.get("url") : image);
        return with("image", source(url, media, field + ".image_url.url"));
    }

    private static JsonObject file(JsonObject file, Media media, String field) {
        var data = file.get("file_data");
        var source = source(JsonTree.text(data), media, field + ".file_data");
        var type = JsonTree.text(source.get("media_type"));
        if (type.startsWith("image/")) {
            return with("image", source);
        }
        if (type.startsWith("text/")) {
            source = plainText(source, field + ".file_data");
        } else if (!type.isEmpty() && !type.equals("application/pdf")) {
            throw Failure.invalid(field + ".file_data", "This provider reads PDF, text and images only.")
                    .toException();
        }
        var document = with("document", source);
        var name = JsonTree.text(file.get("filename"));
        if (!name.isBlank()) {
            document.addProperty("title", name);
        }
        return document;
    }

    private static JsonObject with(String type, JsonObject source) {
        var block = Json.typed(type);
        block.add("source", source);
        return block;
    }

    private static JsonObject source(String url, Media media, String field) {
        if (url.startsWith("https://") || url.startsWith("http://")) {
            if (media != Media.ANY) {
                throw Failure.invalid(field, "This provider fetches nothing: it takes base64 data only.")
                        .toException();
            }
            var source = Json.typed("url");
            source.addProperty("url", url);
            return source;
        }
        int comma = url.indexOf(',');
        var head = DATA_HEAD.matcher(url.substring(0, Math.max(0, comma)));
        if (!head.matches()) {
            throw Failure.invalid(field, "This provider takes URLs that begin with http(s): or are base64 data.")
                    .toException();
        }
        var type = head.group(1).toLowerCase(Locale.ROOT);
        var source = Json.typed("base64");
        source.addProperty("media_type", type.equals("image/jpg") ? "image/jpeg" : type);
        source.addProperty("data", url.substring(comma + 1));
        return source;
    }

    /** Anthropic takes text as text only. */
    private static JsonObject plainText(JsonObject base64, String field) {
        try {
            var bytes = Base64.getMimeDecoder().decode(JsonTree.text(base64.get("data")));
            var source = Json.typed("text");
            source.addProperty("media_type", "text/plain");
            source.addProperty("data", new String(bytes, StandardCharsets.UTF_8));
            return source;
        } catch (IllegalArgumentException e) {
            throw Failure.invalid(field, "This is not valid base64.").toException();
        }
    }
}
