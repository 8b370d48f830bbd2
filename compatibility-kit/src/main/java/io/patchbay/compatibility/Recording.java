package io.patchbay.compatibility;

import com.google.gson.JsonParser;
import io.patchbay.api.adapter.Frame;
import io.patchbay.testkit.FakeUpstream.Script;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A recorded answer as bytes, to be sent in one way or another. Immutable. */
final class Recording {
    private static final int PRELUDE = 12;

    private final Exchange exchange;
    private final String framing;
    private final byte[] body;

    Recording(Exchange exchange) {
        this.exchange = exchange;
        boolean isArray = exchange.framing().equals("json-array");
        this.framing = isArray ? "sse" : exchange.framing();
        this.body = isArray ? asEvents(exchange.body()) : exchange.body();
    }

    /** Gemini's streams were also recorded as one JSON array, which nobody asks for any more: the same as events. */
    private static byte[] asEvents(byte[] array) {
        var events = new StringBuilder();
        for (var event : JsonParser.parseString(new String(array, StandardCharsets.UTF_8))
                .getAsJsonArray()) {
            events.append("data: ").append(event).append("\n\n");
        }
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }

    boolean isFramed() {
        return !framing.isEmpty();
    }

    boolean hasLines() {
        return framing.equals("sse") || framing.equals("ndjson");
    }

    /** In one piece. */
    Script whole() {
        return sent(exchange, body, List.of(body.length));
    }

    /** In the pieces in which it was recorded, or else event by event. */
    Script inPieces() {
        var recorded = exchange.pieces();
        boolean fits = recorded.stream().mapToInt(Integer::intValue).sum() == body.length;
        return sent(exchange, body, fits && !recorded.isEmpty() ? recorded : lengths(ends()));
    }

    Script byteByByte() {
        return sent(exchange, body, repeat(1, body.length));
    }

    /** With CRLF for LF, or the other way round. */
    Script withOtherLineEnds() {
        var text = new String(body, StandardCharsets.UTF_8);
        var other = text.contains("\r\n") ? text.replace("\r\n", "\n") : text.replace("\n", "\r\n");
        var bytes = other.getBytes(StandardCharsets.UTF_8);
        return sent(exchange, bytes, repeat(3, (bytes.length + 2) / 3));
    }

    /** How many events there are. */
    int events() {
        return ends().size();
    }

    /** The events as an adapter gets them. */
    List<Frame> frames() {
        var frames = new ArrayList<Frame>();
        int from = 0;
        for (int end : ends()) {
            var event = Arrays.copyOfRange(body, from, end);
            from = end;
            if (framing.equals("aws-eventstream")) {
                frames.add(message(event));
            } else {
                lines(new String(event, StandardCharsets.UTF_8), frames);
            }
        }
        return frames;
    }

    private void lines(String event, List<Frame> frames) {
        var name = "";
        var data = new StringBuilder();
        for (var line : event.split("\\r?\\n", -1)) {
            if (framing.equals("ndjson")) {
                data.append(line);
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip());
            }
        }
        if (!data.isEmpty()) {
            frames.add(new Frame(name, data.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The payload, named by the header that tells its type. */
    private static Frame message(byte[] message) {
        var buffer = ByteBuffer.wrap(message);
        int headers = buffer.getInt(Integer.BYTES);
        int payload = PRELUDE + headers;
        var text = new String(message, PRELUDE, headers, StandardCharsets.ISO_8859_1);
        var name = "";
        for (var header : List.of(":event-type", ":exception-type")) {
            int at = text.indexOf(header);
            if (at >= 0) {
                int value = PRELUDE + at + header.length() + 1;
                int length = buffer.getShort(value);
                name = new String(message, value + Short.BYTES, length, StandardCharsets.UTF_8);
            }
        }
        return new Frame(name, Arrays.copyOfRange(message, payload, message.length - Integer.BYTES));
    }

    /** Ended in good order after so many events, as if that were all. */
    Script endedAfter(int events) {
        var end = events == 0 ? 0 : ends().get(events - 1);
        return sent(exchange, Arrays.copyOf(body, end), List.of(end));
    }

    /** Broken off in the midst of the body. */
    Script brokenOff() {
        return to -> {
            to.head(exchange.status(), "Content-Type: " + contentType(exchange), "Content-Length: " + body.length);
            to.write(Arrays.copyOf(body, body.length / 2));
            to.close();
        };
    }

    /** Half of it, as if that were all. */
    Script halved() {
        var half = Arrays.copyOf(body, body.length / 2);
        return sent(exchange, half, List.of(half.length));
    }

    private static Script sent(Exchange exchange, byte[] body, List<Integer> pieces) {
        var lines = new ArrayList<String>();
        exchange.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length")
                    && !name.equalsIgnoreCase("content-encoding")
                    && !name.equalsIgnoreCase("transfer-encoding")
                    && !name.equalsIgnoreCase("connection")) {
                lines.add(name + ": " + value);
            }
        });
        lines.add("Transfer-Encoding: chunked");
        var chunked = chunked(body, pieces);
        return to -> {
            to.head(exchange.status(), lines.toArray(String[]::new));
            to.write(chunked);
        };
    }

    /** RFC 9112 §7.1: each piece is one the receiver hears of by itself. */
    private static byte[] chunked(byte[] body, List<Integer> pieces) {
        var out = new ByteArrayOutputStream(body.length * 2 + 64);
        int at = 0;
        for (int piece : pieces) {
            int length = Math.min(piece, body.length - at);
            if (length > 0) {
                out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(body, at, length);
                out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
                at += length;
            }
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** Where each event ends. */
    private List<Integer> ends() {
        var ends = new ArrayList<Integer>();
        switch (framing) {
            case "aws-eventstream" -> {
                for (int at = 0; at < body.length; ) {
                    at += ByteBuffer.wrap(body, at, Integer.BYTES).getInt();
                    ends.add(at);
                }
            }
            case "sse", "ndjson" -> {
                boolean lines = framing.equals("ndjson");
                for (int at = 0; at < body.length; at++) {
                    if (body[at] == '\n' && (lines || isBlankLine(at))) {
                        ends.add(at + 1);
                    }
                }
            }
            default -> {
                // One event: the body.
            }
        }
        if (ends.isEmpty() || ends.get(ends.size() - 1) != body.length) {
            ends.add(body.length);
        }
        return ends;
    }

    private boolean isBlankLine(int lineFeed) {
        int before = lineFeed - 1;
        if (before >= 0 && body[before] == '\r') {
            before--;
        }
        return before >= 0 && body[before] == '\n';
    }

    private static List<Integer> lengths(List<Integer> ends) {
        var lengths = new ArrayList<Integer>(ends.size());
        int from = 0;
        for (int end : ends) {
            lengths.add(end - from);
            from = end;
        }
        return lengths;
    }

    private static List<Integer> repeat(int length, int times) {
        var all = new ArrayList<Integer>(times);
        for (int i = 0; i < times; i++) {
            all.add(length);
        }
        return all;
    }

    private static String contentType(Exchange exchange) {
        return exchange.headers().first("content-type").orElse("application/json");
    }
}
