package io.patchbay.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

/** JSON written with single quotes, which reads better in a test. */
public final class Quoted {
    private Quoted() {}

    /** The JSON that is meant. */
    public static String text(String quoted) {
        return quoted.replace('\'', '"');
    }

    /** The same, read. */
    public static JsonElement json(String quoted) {
        return JsonParser.parseString(text(quoted));
    }
}
