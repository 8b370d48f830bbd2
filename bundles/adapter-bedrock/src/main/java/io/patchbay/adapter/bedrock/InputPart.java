package io.patchbay.adapter.bedrock;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import java.util.List;

/**
 * A part of something to embed.
 *
 * @param isImage whether it is an image, else it is a text
 * @param text the text, or the image's address
 */
record InputPart(boolean isImage, String text) {
    /** The parts of {@code {content: [parts]}}. */
    static List<InputPart> of(JsonView input) {
        return input.objects("content").stream().map(InputPart::part).toList();
    }

    private static InputPart part(JsonView part) {
        return switch (part.string("type").orElse("")) {
            case "text" -> new InputPart(false, part.string("text").orElse(""));
            case "image_url" ->
                new InputPart(
                        true,
                        part.object("image_url")
                                .flatMap(image -> image.string("url"))
                                .orElse(""));
            default ->
                throw Failure.invalid("input", "This provider embeds texts and images only.")
                        .toException();
        };
    }

    /** The image. */
    DataUrl image() {
        return DataUrl.of(text, "input");
    }
}
