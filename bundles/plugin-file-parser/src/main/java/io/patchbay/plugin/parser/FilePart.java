package io.patchbay.plugin.parser;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in a message.
 *
 * @param message which one
 * @param part which of its parts
 * @param file what stands in {@code file}
 */
record FilePart(int message, int part, JsonView file) {
    private static final JsonView NOTHING = JsonView.parse("{}");
    private static final String DATA = "file_data";

    /** The files of a request, in order. */
    static List<FilePart> of(ChatRequest request) {
        var files = new ArrayList<FilePart>();
        var messages = request.messages();
        for (int i = 0; i < messages.size(); i++) {
            var parts = messages.get(i).objects("content");
            for (int k = 0; k < parts.size(); k++) {
                if (isFile(parts.get(k))) {
                    files.add(new FilePart(i, k, parts.get(k).object("file").orElse(NOTHING)));
                }
            }
        }
        return files;
    }

    static boolean isFile(JsonView part) {
        return part.string("type").filter("file"::equals).isPresent();
    }

    /** What the client calls it; "file" if it does not say. */
    String name() {
        return file.string("filename").filter(name -> !name.isBlank()).orElse("file");
    }

    /**
     * Its address or its bytes, as the client has written them.
     *
     * @throws FailureException if there are none
     */
    String data() {
        return file.string(DATA)
                .filter(data -> !data.isBlank())
                .orElseThrow(() -> wrong(
                        file.has("file_id")
                                ? "is missing: files are not stored here, so that they can't be named by their id"
                                : "is missing"));
    }

    /** Where it stands, for errors. */
    String field() {
        return "messages[" + message + "].content[" + part + "].file." + DATA;
    }

    FailureException tooLarge(int mostBytes) {
        return wrong("is larger than " + mostBytes / (1 << 20) + " MB");
    }

    /** An error of the client's. */
    FailureException wrong(String problem) {
        return Failure.invalid(field(), '\'' + field() + "' " + problem + '.').toException();
    }
}
