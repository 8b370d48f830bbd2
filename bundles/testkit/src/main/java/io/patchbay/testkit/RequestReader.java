package io.patchbay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one HTTP/1.1 request, strict enough for a client under test. */
final class RequestReader {
    private RequestReader() {}

    /** The next request; empty if the client has closed the connection between two of them. */
    static Optional<ReceivedRequest> read(InputStream in) throws IOException {
        var start = line(in);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        var parts = start.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("no request line: " + start);
        }
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (var field = line(in); !field.isEmpty(); field = line(in)) {
            var colon = field.indexOf(':');
            headers.add(Map.entry(
                    field.substring(0, colon), field.substring(colon + 1).strip()));
        }
        return Optional.of(new ReceivedRequest(parts[0], parts[1], headers, body(in, headers)));
    }

    private static byte[] body(InputStream in, List<Map.Entry<String, String>> headers) throws IOException {
        for (var field : headers) {
            if (field.getKey().equalsIgnoreCase("Content-Length")) {
                return exactly(in, Integer.parseInt(field.getValue()));
            }
            if (field.getKey().equalsIgnoreCase("Transfer-Encoding")) {
                return chunked(in);
            }
        }
        return new byte[0];
    }

    private static byte[] chunked(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        for (var size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(exactly(in, size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the client left in the middle of its request");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
