package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import java.util.List;

/** Citations of web pages. Those of documents have no canonical form: they point into a file by pages or characters. */
final class Citations {
    private Citations() {}

    /**
     * Adds the annotations of one block.
     *
     * @param start where what they support begins in the whole text
     * @param end where it ends
     */
    static void annotate(List<JsonView> citations, long start, long end, JsonArray annotations) {
        for (var citation : citations) {
            var web = citation.object("location").flatMap(location -> location.object("web"));
            var url = web.flatMap(page -> page.string("url")).orElse("");
            if (!url.startsWith("https://") && !url.startsWith("http://")) {
                continue;
            }
            var cited = Json.of("url", url);
            cited.addProperty(
                    "title",
                    citation.string("title")
                            .or(() -> web.flatMap(page -> page.string("domain")))
                            .orElse(""));
            var content = content(citation);
            if (!content.isEmpty()) {
                cited.addProperty("content", content);
            }
            cited.addProperty("start_index", start);
            cited.addProperty("end_index", end);
            var annotation = new JsonObject();
            annotation.addProperty("type", "url_citation");
            annotation.add("url_citation", cited);
            annotations.add(annotation);
        }
    }

    private static String content(JsonView citation) {
        var text = new StringBuilder();
        citation.objects("sourceContent")
                .forEach(piece -> text.append(piece.string("text").orElse("")));
        return text.toString();
    }
}
