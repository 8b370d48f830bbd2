package io.patchbay.adapter.bedrock;

import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a client hands over in the place of an address.
 *
 * @param mediaType in lower case; of an address in S3, what its name says
 * @param source as Bedrock wants it
 */
record DataUrl(String mediaType, JsonObject source) {
    private static final Pattern HEAD = Pattern.compile("data:([^;,]*)(?:;[^;,]*)*;base64", Pattern.CASE_INSENSITIVE);

    /**
     * Reads it.
     *
     * @param field where it stands in the request
     */
    static DataUrl of(String url, String field) {
        if (url.startsWith("s3://")) {
            var extension = url.substring(url.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return new DataUrl('.' + extension, Json.of("s3Location", Json.of("uri", url)));
        }
        int comma = url.indexOf(',');
        var head = HEAD.matcher(url.substring(0, Math.max(0, comma)));
        if (!head.matches()) {
            throw Failure.invalid(field, "This provider fetches nothing: it takes base64 data: URLs and s3: URIs.")
                    .toException();
        }
        return new DataUrl(head.group(1).toLowerCase(Locale.ROOT), Json.of("bytes", url.substring(comma + 1)));
    }

    /** What follows the slash of its type, or the extension of its name. */
    String subtype() {
        return mediaType.substring(mediaType.startsWith(".") ? 1 : mediaType.indexOf("/") + 1);
    }
}
