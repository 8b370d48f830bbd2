package io.patchbay.plugin.parser;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What earlier answers say of files, sent along with them. */
final class Annotations {
    static final String NAME = "annotations";

    private Annotations() {}

    /** The texts of files that were read before, by their hashes. */
    static Map<String, String> known(ChatRequest request) {
        var known = new HashMap<String, String>();
        for (var message : request.messages()) {
            for (var annotation : message.objects(NAME)) {
                if (isOfFile(annotation)) {
                    annotation
                            .object("file")
                            .ifPresent(
                                    file -> file.string("hash").ifPresent(hash -> known.putIfAbsent(hash, text(file))));
                }
            }
        }
        known.values().removeIf(String::isBlank);
        return known;
    }

    private static String text(JsonView file) {
        return file.objects("content").stream()
                .filter(part -> part.string("type").filter("text"::equals).isPresent())
                .flatMap(part -> part.string("text").stream())
                .collect(Collectors.joining("\n"));
    }

    static boolean isThereAny(ChatRequest request) {
        return request.messages().stream()
                .anyMatch(message -> message.objects(NAME).stream().anyMatch(Annotations::isOfFile));
    }

    /** Those that are no business of ours. */
    static List<JsonView> others(JsonView message) {
        return message.objects(NAME).stream()
                .filter(annotation -> !isOfFile(annotation))
                .toList();
    }

    private static boolean isOfFile(JsonView annotation) {
        return annotation.string("type").filter("file"::equals).isPresent();
    }
}
