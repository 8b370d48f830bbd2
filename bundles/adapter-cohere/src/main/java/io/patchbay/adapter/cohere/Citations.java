package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;

/**
 * What the answer rests on. A source that has an address becomes an annotation; most have none, so Cohere's own
 * {@code citations} go along as they are.
 */
final class Citations {
    private Citations() {}

    /** Whether it belongs to the text, not to a plan or a thought. */
    static boolean isOfText(JsonObject citation) {
        var type = JsonTree.text(citation.get("type"));
        return type.isEmpty() || type.equals("TEXT_CONTENT");
    }

    /**
     * Adds one to a message or a delta.
     *
     * @param offset where the cited part of the content begins in the whole text
     */
    static void add(JsonObject citation, long offset, JsonObject to) {
        var annotations = JsonTree.array(to.get("annotations"));
        for (var source : JsonTree.array(citation.get("sources"))) {
            var cited = JsonTree.object(source);
            var document = JsonTree.object(cited.get(cited.has("document") ? "document" : "tool_output"));
            if (!JsonTree.text(document.get("url")).isEmpty()) {
                annotations.add(annotation(citation, document, offset));
            }
        }
        if (!annotations.isEmpty()) {
            to.add("annotations", annotations);
        }
        var citations = JsonTree.array(to.get("citations"));
        citations.add(citation);
        to.add("citations", citations);
    }

    private static JsonObject annotation(JsonObject citation, JsonObject document, long offset) {
        var cited = new JsonObject();
        cited.addProperty("url", JsonTree.text(document.get("url")));
        cited.addProperty("title", JsonTree.text(document.get("title")));
        cited.addProperty("content", JsonTree.text(document.get("text")));
        cited.addProperty("start_index", offset + Json.integer(citation.get("start")));
        cited.addProperty("end_index", offset + Json.integer(citation.get("end")));
        var annotation = new JsonObject();
        annotation.addProperty("type", "url_citation");
        annotation.add("url_citation", cited);
        return annotation;
    }

    /** Where each part of the content begins in the whole text. */
    static long offset(JsonArray content, long index) {
        long offset = 0;
        for (int i = 0; i < content.size() && i < index; i++) {
            offset += length(JsonTree.text(JsonTree.object(content.get(i)).get("text")));
        }
        return offset;
    }

    /** As Cohere counts. */
    static long length(String text) {
        return text.codePointCount(0, text.length());
    }
}
