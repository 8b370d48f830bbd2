package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import java.util.List;

/** Citations of web pages. Those of documents have no canonical form: they point into a file by pages or characters. */
final class Citations {
    private Citations() {}

    /** Where a citation points to, or the empty string if that is no web page. */
    static String url(JsonView citation) {
        var url = citation.string("url").or(() -> citation.string("source")).orElse("");
        return url.startsWith("https://") || url.startsWith("http://") ? url : "";
    }

    /**
     * Adds the annotations of one block of text.
     *
     * @param start where the block begins in the whole text
     * @param end where it ends
     */
    static void annotate(List<JsonView> citations, long start, long end, JsonArray annotations) {
        for (var citation : citations) {
            var url = url(citation);
            if (url.isEmpty()) {
                continue;
            }
            var cited = new JsonObject();
            cited.addProperty("url", url);
            cited.addProperty("title", citation.string("title").orElse(""));
            citation.string("cited_text").ifPresent(text -> cited.addProperty("content", text));
            cited.addProperty("start_index", start);
            cited.addProperty("end_index", end);
            var annotation = Json.typed("url_citation");
            annotation.add("url_citation", cited);
            annotations.add(annotation);
        }
    }
}
