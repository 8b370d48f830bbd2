package io.patchbay.transport;

import io.patchbay.api.adapter.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Server-sent events (WHATWG HTML §9.2.6), on bytes, so that it does not matter where a character is cut. Differs from
 * the standard in one point: an event that the end of the body cuts short of its blank line is delivered, because
 * providers leave the line away.
 */
final class SseParser implements Framer {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

    private final ByteAccumulator line;
    private final ByteAccumulator data;
    private boolean hasData;
    private String event = "";
    private int markBytes;
    private boolean afterCarriageReturn;
    private List<Frame> frames = new ArrayList<>();

    SseParser(int maxEventBytes) {
        this.line = new ByteAccumulator(maxEventBytes);
        this.data = new ByteAccumulator(maxEventBytes);
    }

    @Override
    public boolean feed(ByteBuffer bytes) {
        skipByteOrderMark(bytes);
        var start = bytes.position();
        var end = bytes.limit();
        while (start < end) {
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (bytes.get(start) == '\n') {
                    start++;
                    continue;
                }
            }
            var lineEnd = LineEnds.find(bytes, start, end);
            if (lineEnd < 0) {
                line.add(bytes, start, end);
                break;
            }
            completeLine(bytes, start, lineEnd);
            afterCarriageReturn = bytes.get(lineEnd) == '\r';
            start = lineEnd + 1;
        }
        bytes.position(end);
        return true;
    }

    @Override
    public void end() {
        if (!line.isEmpty()) {
            completeLine(ByteBuffer.allocate(0), 0, 0);
        }
        dispatch();
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

    /** The mark may be cut, too. What turns out to be none is the beginning of the first line. */
    private void skipByteOrderMark(ByteBuffer bytes) {
        while (markBytes < BYTE_ORDER_MARK.length && bytes.hasRemaining()) {
            if (bytes.get(bytes.position()) != BYTE_ORDER_MARK[markBytes]) {
                for (int i = 0; i < markBytes; i++) {
                    line.add(BYTE_ORDER_MARK[i]);
                }
                markBytes = BYTE_ORDER_MARK.length;
                return;
            }
            bytes.get();
            markBytes++;
        }
    }

    private void completeLine(ByteBuffer bytes, int start, int end) {
        if (line.isEmpty()) {
            process(bytes, start, end);
            return;
        }
        line.add(bytes, start, end);
        process(line.view(), 0, line.length());
        line.clear();
    }

    private void process(ByteBuffer bytes, int start, int end) {
        if (start == end) {
            dispatch();
            return;
        }
        if (isField(DATA, bytes, start, end)) {
            if (hasData) {
                data.add((byte) '\n');
            }
            hasData = true;
            data.add(bytes, valueStart(bytes, start + DATA.length, end), end);
        } else if (isField(EVENT, bytes, start, end)) {
            var valueStart = valueStart(bytes, start + EVENT.length, end);
            var name = new byte[end - valueStart];
            bytes.get(valueStart, name);
            event = new String(name, StandardCharsets.UTF_8);
        }
    }

    private void dispatch() {
        if (hasData) {
            frames.add(new Frame(event, data.take()));
        }
        hasData = false;
        event = "";
    }

    /** Comments, which begin with a colon, are a field without a name; so this is false for them. */
    private static boolean isField(byte[] name, ByteBuffer bytes, int start, int end) {
        var nameEnd = start + name.length;
        if (nameEnd > end || (nameEnd < end && bytes.get(nameEnd) != ':')) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes.get(start + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int valueStart(ByteBuffer bytes, int nameEnd, int end) {
        if (nameEnd == end) {
            return end;
        }
        var afterColon = nameEnd + 1;
        return afterColon < end && bytes.get(afterColon) == ' ' ? afterColon + 1 : afterColon;
    }
}
