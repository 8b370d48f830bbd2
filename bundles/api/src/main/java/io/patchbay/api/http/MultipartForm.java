package io.patchbay.api.http;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A form with a file in it (RFC 7578), read whole: the body is in memory already. Of several fields with one name, the values
 * are put together with commas. Immutable.
 *
 * @param fields by name
 * @param file what was sent along, if anything was
 */
public record MultipartForm(Map<String, String> fields, Optional<UploadedFile> file) {
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=\"?([^\";]{1,70})\"?");
    private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)[; ]filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?im)^Content-Type:\\s*([^;\\r\\n]+)");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final int MOST_PARTS = 100;

    /** A file. Immutable: its bytes are not given away. */
    public static final class UploadedFile {
        private final String name;
        private final String type;
        private final byte[] content;

        private UploadedFile(String name, String type, byte[] content) {
            this.name = name;
            this.type = type;
            this.content = content;
        }

        /** As the client has it. */
        public String name() {
            return name;
        }

        /** Of its content, as the client says; may be empty. */
        public String type() {
            return type;
        }

        /** Its content, of a file that is text. */
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** Its content, of a file that is anything else. */
        public String base64() {
            return Base64.getEncoder().encodeToString(content);
        }
    }

    /** Whether a body is said to be one. */
    public static boolean is(String contentType) {
        return contentType.regionMatches(true, 0, "multipart/form-data", 0, 19);
    }

    /**
     * Reads one.
     *
     * @throws FailureException INVALID_REQUEST if it is none
     */
    public static MultipartForm parse(String contentType, byte[] body) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw malformed("its Content-Type names no boundary");
        }
        var mark = ascii("\r\n--" + boundary.group(1));
        // The first one may stand at the very beginning.
        var first = ascii("--" + boundary.group(1));
        int at = startsWith(body, first) ? first.length : find(body, mark, 0) + mark.length;
        var fields = new LinkedHashMap<String, String>();
        Optional<UploadedFile> file = Optional.empty();
        for (int parts = 0; at >= mark.length - 2 && at + 2 <= body.length && body[at] == '\r'; parts++) {
            int head = find(body, END_OF_HEAD, at);
            int end = find(body, mark, at);
            if (head < 0 || end < head || parts == MOST_PARTS) {
                throw malformed("it breaks off, or has too many parts");
            }
            var said = new String(body, at, head - at, StandardCharsets.UTF_8);
            var content = Arrays.copyOfRange(body, Math.min(head + 4, end), end);
            var name = first(NAME, said).orElseThrow(() -> malformed("a part has no name"));
            var fileName = first(FILE_NAME, said);
            if (fileName.isPresent()) {
                file = Optional.of(new UploadedFile(
                        fileName.get(), first(TYPE, said).orElse("").strip(), content));
            } else {
                fields.merge(
                        name.replace("[]", ""), new String(content, StandardCharsets.UTF_8), (a, b) -> a + ',' + b);
            }
            at = end + mark.length;
        }
        return new MultipartForm(Map.copyOf(fields), file);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean startsWith(byte[] body, byte[] mark) {
        return body.length >= mark.length && Arrays.equals(body, 0, mark.length, mark, 0, mark.length);
    }

    /** Where bytes stand at or after an index; -1 if nowhere. */
    private static int find(byte[] body, byte[] wanted, int from) {
        for (int i = from; i <= body.length - wanted.length; i++) {
            if (body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static FailureException malformed(String why) {
        return Failure.invalid("body", "The request body is no multipart/form-data: " + why + '.')
                .toException();
    }
}
