package io.patchbay.transport;

import io.patchbay.api.http.Headers;
import org.eclipse.jetty.http.HttpFields;

/** Turns the head of an answer into our words. */
final class Answers {
    private Answers() {}

    /** The fields that are fit to be shown: those without control characters. */
    static Headers headers(HttpFields fields) {
        var headers = Headers.builder();
        for (var field : fields) {
            var value = field.getValue();
            if (value != null && isClean(value)) {
                headers.add(field.getName(), value);
            }
        }
        return headers.build();
    }

    private static boolean isClean(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 0x20 && value.charAt(i) != '\t') {
                return false;
            }
        }
        return true;
    }
}
