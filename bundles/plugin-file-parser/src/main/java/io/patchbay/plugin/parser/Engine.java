package io.patchbay.plugin.parser;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.Optional;

/** Who reads files, in OpenRouter's words: {@code pdf.engine}. */
enum Engine {
    /** The model's provider does. */
    NATIVE,
    /** We do. */
    TEXT;

    static final String PLUGIN = "file-parser";

    /**
     * The one that a request names.
     *
     * @param settings what it says of the plugin
     * @throws FailureException if there is none of that name
     */
    static Optional<Engine> named(ChatRequest request, JsonView settings) {
        var kind = settings.kind("pdf").orElse(JsonKind.NULL);
        if (kind == JsonKind.NULL) {
            return Optional.empty();
        }
        var pdf = settings.object("pdf").orElseThrow(() -> wrong(request, "pdf", "has to be an object"));
        var engine = pdf.kind("engine").orElse(JsonKind.NULL);
        if (engine == JsonKind.NULL) {
            return Optional.empty();
        }
        return Optional.of(
                switch (pdf.string("engine").orElse("")) {
                    case "native" -> NATIVE;
                    // Two names of OpenRouter's for what reads text and costs nothing, the older one last.
                    case "cloudflare-ai", "pdf-text" -> TEXT;
                    case "mistral-ocr" ->
                        throw wrong(
                                request,
                                "pdf.engine",
                                "is an engine that there is not here: nothing reads pictures of pages. 'cloudflare-ai'"
                                        + " reads the text of files, 'native' leaves them to models that take files");
                    default -> throw wrong(request, "pdf.engine", "has to be one of native, cloudflare-ai, pdf-text");
                });
    }

    private static FailureException wrong(ChatRequest request, String member, String problem) {
        var field = "plugins[" + place(request) + "]." + member;
        return Failure.invalid(field, '\'' + field + "' " + problem + '.').toException();
    }

    private static int place(ChatRequest request) {
        var plugins = request.json().objects("plugins");
        int i = 0;
        while (i < plugins.size() - 1
                && plugins.get(i).string("id").filter(PLUGIN::equals).isEmpty()) {
            i++;
        }
        return i;
    }
}
