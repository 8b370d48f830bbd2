package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** What Google searched and found: its {@code groundingMetadata} as annotations of the text. */
final class Grounding {
    private Grounding() {}

    /** Whether it says anything: a stream brings it empty too. */
    static boolean isSaid(JsonView metadata) {
        return !metadata.objects("groundingChunks").isEmpty();
    }

    /** How many searches there were. */
    static int searches(JsonView metadata) {
        return metadata.strings("webSearchQueries").size();
    }

    /**
     * All annotations.
     *
     * @param text the whole answer
     */
    static JsonArray annotations(JsonView metadata, String text) {
        var sources = metadata.objects("groundingChunks");
        var supports = metadata.objects("groundingSupports");
        var annotations = new JsonArray();
        for (var support : supports) {
            var segment = support.object("segment").orElseGet(() -> JsonView.of(new JsonObject()));
            var said = segment.string("text").orElse("");
            int start = start(segment, said, text);
            for (var index :
                    JsonTree.array(support.element("groundingChunkIndices").orElse(null))) {
                int source = JsonTree.isNumber(index) ? index.getAsInt() : -1;
                if (source >= 0 && source < sources.size()) {
                    annotate(sources.get(source), start, start + said.length(), annotations);
                }
            }
        }
        if (supports.isEmpty()) {
            sources.forEach(source -> annotate(source, 0, text.length(), annotations));
        }
        return annotations;
    }

    /** What the text repeats of others' works; AI Studio and Vertex AI call the list differently. */
    static List<JsonView> citations(JsonView metadata) {
        return metadata.objects(metadata.has("citations") ? "citations" : "citationSources");
    }

    /** Annotations of such citations, as far as they are of the web. */
    static JsonArray annotations(Collection<JsonView> citations, String text) {
        var annotations = new JsonArray();
        for (var citation : citations) {
            int start = characters(text, citation.integer("startIndex").orElse(0));
            int end = characters(text, citation.integer("endIndex").orElse(Integer.MAX_VALUE));
            annotatePage(citation, start, end, annotations);
        }
        return annotations;
    }

    /** Google counts bytes of UTF-8, the canonical form characters. */
    private static int start(JsonView segment, String said, String text) {
        long bytes = segment.integer("startIndex").orElse(0);
        int start = characters(text, bytes);
        return text.startsWith(said, start) ? start : Math.max(0, text.indexOf(said));
    }

    private static int characters(String text, long bytes) {
        var all = text.getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.max(0, Math.min(bytes, all.length));
        return new String(all, 0, length, StandardCharsets.UTF_8).length();
    }

    private static void annotate(JsonView source, int start, int end, JsonArray annotations) {
        for (var kind : List.of("web", "retrievedContext", "maps")) {
            source.object(kind).ifPresent(page -> annotatePage(page, start, end, annotations));
        }
    }

    private static void annotatePage(JsonView page, int start, int end, JsonArray annotations) {
        var url = page.string("uri").orElse("");
        if (url.startsWith("https://") || url.startsWith("http://")) {
            var cited = Json.with("url", url);
            cited.addProperty("title", page.string("title").orElse(""));
            cited.addProperty("start_index", start);
            cited.addProperty("end_index", end);
            var annotation = Json.with("type", "url_citation");
            annotation.add("url_citation", cited);
            annotations.add(annotation);
        }
    }
}
