package io.patchbay.transport;

import io.patchbay.api.adapter.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Messages of {@code application/vnd.amazon.eventstream}, as AWS documents them ("Event stream encoding"): a prelude of
 * total length, length of the headers and a CRC-32 of these two; the headers; the payload; a CRC-32 of all before it.
 * Whatever a checksum or a length does not agree with ends the answer as malformed.
 */
final class EventStreamParser implements Framer {
    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;
    private static final String EVENT = ":event-type";
    private static final String EXCEPTION = ":exception-type";
    private static final String ERROR = ":error-code";

    private final int maxMessageBytes;
    private final ByteAccumulator message;
    /** Of the message that has begun; 0 before its prelude is there. */
    private int length;

    private List<Frame> frames = new ArrayList<>();

    EventStreamParser(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
        this.message = new ByteAccumulator(maxMessageBytes);
    }

    @Override
    public boolean feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int wanted = (length == 0 ? PRELUDE : length) - message.length();
            int taken = Math.min(wanted, bytes.remaining());
            message.add(bytes, bytes.position(), bytes.position() + taken);
            bytes.position(bytes.position() + taken);
            if (taken < wanted) {
                break;
            }
            if (length == 0) {
                readPrelude(message.view());
            } else {
                frames.add(frame(ByteBuffer.wrap(message.take())));
                length = 0;
            }
        }
        return true;
    }

    @Override
    public void end() {
        if (!message.isEmpty()) {
            throw Failures.brokenMessage("ends in the middle of a message");
        }
    }

    @Override
    public List<Frame> take() {
        if (frames.isEmpty()) {
            return List.of();
        }
        var taken = frames;
        frames = new ArrayList<>();
        return taken;
    }

    private void readPrelude(ByteBuffer prelude) {
        int total = prelude.getInt(0);
        int headers = prelude.getInt(4);
        check(prelude, PRELUDE - CHECKSUM);
        if (total > maxMessageBytes) {
            throw Failures.tooLarge(maxMessageBytes);
        }
        if (headers < 0 || total < PRELUDE + CHECKSUM || headers > total - PRELUDE - CHECKSUM) {
            throw Failures.brokenMessage("has a message of an impossible length");
        }
        length = total;
    }

    /** Compares the checksum at that position with the bytes before it. */
    private static void check(ByteBuffer bytes, int position) {
        var crc = new CRC32();
        crc.update(bytes.duplicate().position(0).limit(position));
        if ((int) crc.getValue() != bytes.getInt(position)) {
            throw Failures.brokenMessage("has a message with a wrong checksum");
        }
    }

    private static Frame frame(ByteBuffer whole) {
        int end = whole.limit() - CHECKSUM;
        check(whole, end);
        int payload = PRELUDE + whole.getInt(4);
        var headers = headers(whole.duplicate().position(PRELUDE).limit(payload));
        var data = new byte[end - payload];
        whole.get(payload, data);
        return new Frame(name(headers), data);
    }

    private static String name(Map<String, String> headers) {
        var event = headers.get(EVENT);
        if (event != null) {
            return event;
        }
        return "exception/" + headers.getOrDefault(EXCEPTION, headers.getOrDefault(ERROR, "unknown"));
    }

    /** The headers that are strings; the others are passed over. */
    private static Map<String, String> headers(ByteBuffer bytes) {
        var headers = new HashMap<String, String>();
        while (bytes.hasRemaining()) {
            var name = text(bytes, length(bytes, 1));
            int type = length(bytes, 1);
            switch (type) {
                case 0, 1 -> skip(bytes, 0);
                case 2 -> skip(bytes, 1);
                case 3 -> skip(bytes, 2);
                case 4 -> skip(bytes, 4);
                case 5, 8 -> skip(bytes, 8);
                case 6 -> skip(bytes, length(bytes, 2));
                case 7 -> headers.put(name, text(bytes, length(bytes, 2)));
                case 9 -> skip(bytes, 16);
                default -> throw Failures.brokenMessage("has a header of an unknown type");
            }
        }
        return headers;
    }

    /** An unsigned number of one byte or two. */
    private static int length(ByteBuffer bytes, int size) {
        require(bytes, size);
        return size == 1 ? Byte.toUnsignedInt(bytes.get()) : Short.toUnsignedInt(bytes.getShort());
    }

    private static String text(ByteBuffer bytes, int count) {
        require(bytes, count);
        var text = new byte[count];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static void skip(ByteBuffer bytes, int count) {
        require(bytes, count);
        bytes.position(bytes.position() + count);
    }

    private static void require(ByteBuffer bytes, int count) {
        if (bytes.remaining() < count) {
            throw Failures.brokenMessage("has a message whose headers are cut short");
        }
    }
}
