package io.patchbay.plugin.parser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.regex.Pattern;

/**
 * A file that was read.
 *
 * @param hash by which it is known again
 * @param pages of a PDF; 0 of anything else
 * @param isKnown whether an earlier answer has brought the text
 */
record ReadFile(FilePart part, String hash, String text, int pages, boolean isKnown) {
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[\\p{Cntrl}\"<>]");
    private static final int LONGEST_NAME = 200;

    private String name() {
        var name = NOT_IN_A_NAME.matcher(part.name()).replaceAll("_");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** What models are shown in its place. */
    String shown() {
        return "<file name=\"" + name() + "\">\n" + text + "\n</file>";
    }

    /** What answers bring, so that it need not be read again. */
    JsonObject annotation() {
        var content = new JsonObject();
        content.addProperty("type", "text");
        content.addProperty("text", text);
        var contents = new JsonArray();
        contents.add(content);
        var file = new JsonObject();
        file.addProperty("hash", hash);
        file.addProperty("name", name());
        file.add("content", contents);
        var annotation = new JsonObject();
        annotation.addProperty("type", "file");
        annotation.add("file", file);
        return annotation;
    }
}
