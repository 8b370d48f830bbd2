package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * What the answer rests on. A source that has an address becomes an annotation; most have none, so Cohere's own
 * {@code citations} go along as they are.
 */
final class Citations {
    private Citations() {}

    /** Whether it belongs to the text, not to a plan or a thought. */
    static boolean isOfText(JsonObject citation) {
        var type = Json.text(citation.get("type"));
        return type.isEmpty() || type.equals("TEXT_CONTENT");
    }

    /**
     * Adds one to a message or a delta.
     *
     * @param offset where the cited part of the content begins in the whole text
     */
    static void add(JsonObject citation, long offset, JsonObject to) {
        var annotations = Json.array(to.get("annotations"));
        for (var source : Json.array(citation.get("sources"))) {
            var cited = Json.object(source);
            var document = Json.object(cited.get(cited.has("document") ? "document" : "tool_output"));
            if (!Json.text(document.get("url")).isEmpty()) {
                annotations.add(annotation(citation, document, offset));
            }
        }
        if (!annotations.isEmpty()) {
            to.add("annotations", annotations);
        }
        var citations = Json.array(to.get("citations"));
        citations.add(citation);
        to.add("citations", citations);
    }

    private static JsonObject annotation(JsonObject citation, JsonObject document, long offset) {
        var cited = new JsonObject();
        cited.addProperty("url", Json.text(document.get("url")));
        cited.addProperty("title", Json.text(document.get("title")));
        cited.addProperty("content", Json.text(document.get("text")));
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
            offset += length(Json.text(Json.object(content.get(i)).get("text")));
        }
        return offset;
    }

    /** As Cohere counts. */
    static long length(String text) {
        return text.codePointCount(0, text.length());
    }
}
