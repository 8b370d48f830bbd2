package io.patchbay.plugin.parser;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes a request without files of one with files. What is not concerned is copied as it was written. */
final class PlainRequest {
    private final ChatRequest request;
    private final List<ReadFile> files;

    private PlainRequest(ChatRequest request, List<ReadFile> files) {
        this.request = request;
        this.files = files;
    }

    /** The request with these files as texts, and without annotations of files. */
    static JsonView of(ChatRequest request, List<ReadFile> files) {
        return new PlainRequest(request, files).json();
    }

    private JsonView json() {
        var messages = request.messages();
        var plain = IntStream.range(0, messages.size())
                .mapToObj(i -> message(i, messages.get(i)))
                .collect(Collectors.joining(",", "[", "]"));
        return request.json().rewrite().raw("messages", plain).toView();
    }

    private String message(int place, JsonView message) {
        boolean hasFiles = files.stream().anyMatch(file -> file.part().message() == place);
        var others = Annotations.others(message);
        boolean hasAnnotations =
                others.size() < message.objects(Annotations.NAME).size();
        if (!hasFiles && !hasAnnotations) {
            return message.toString();
        }
        var plain = message.rewrite();
        if (hasFiles) {
            plain.raw("content", content(place, message.objects("content")));
        }
        if (hasAnnotations && others.isEmpty()) {
            plain.remove(Annotations.NAME);
        } else if (hasAnnotations) {
            plain.raw(
                    Annotations.NAME,
                    others.stream().map(JsonView::toString).collect(Collectors.joining(",", "[", "]")));
        }
        return plain.toView().toString();
    }

    private String content(int message, List<JsonView> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> read(message, i)
                        .map(file -> text(file, parts.get(i)))
                        .orElseGet(() -> parts.get(i).toString()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Optional<ReadFile> read(int message, int part) {
        return files.stream()
                .filter(file -> file.part().message() == message && file.part().part() == part)
                .findFirst();
    }

    private static String text(ReadFile file, JsonView part) {
        var text = new JsonObject();
        text.addProperty("type", "text");
        text.add("text", new JsonPrimitive(file.shown()));
        part.element("cache_control").ifPresent(control -> text.add("cache_control", control));
        return text.toString();
    }
}
