package io.patchbay.transport;

import io.patchbay.api.adapter.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** JSON texts, one per line. Blank lines count for nothing, and the last line needs no end. */
final class NdjsonParser implements Framer {
    private final ByteAccumulator line;
    private List<Frame> frames = new ArrayList<>();

    NdjsonParser(int maxLineBytes) {
        this.line = new ByteAccumulator(maxLineBytes);
    }

    @Override
    public boolean feed(ByteBuffer bytes) {
        var start = bytes.position();
        var end = bytes.limit();
        while (start < end) {
            var lineEnd = LineEnds.find(bytes, start, end);
            if (lineEnd < 0) {
                line.add(bytes, start, end);
                break;
            }
            line.add(bytes, start, lineEnd);
            complete();
            start = lineEnd + 1;
        }
        bytes.position(end);
        return true;
    }

    @Override
    public void end() {
        complete();
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

    private void complete() {
        var whole = line.take();
        for (var b : whole) {
            if (b != ' ' && b != '\t') {
                frames.add(Frame.of(whole));
                return;
            }
        }
    }
}
