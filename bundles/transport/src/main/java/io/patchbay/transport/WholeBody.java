package io.patchbay.transport;

import io.patchbay.api.adapter.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Collects a body into one frame; an empty body is none. */
final class WholeBody implements Framer {
    /** What a provider announces is believed up to here; beyond, memory is taken as bytes come. */
    private static final int TRUSTED_BYTES = 64 << 10;

    private final int limit;
    private final boolean error;
    private byte[] body;
    private int length;
    private boolean ended;

    /**
     * @param announced the body's length if known, or -1
     * @param error whether what is too much is left away instead of failing
     */
    WholeBody(long announced, int limit, boolean error) {
        this.limit = limit;
        this.error = error;
        this.body = new byte[announced < 0 ? 0 : (int) Math.min(announced, Math.min(limit, TRUSTED_BYTES))];
    }

    @Override
    public boolean feed(ByteBuffer bytes) {
        var wanted = Math.min(bytes.remaining(), limit - length);
        if (wanted < bytes.remaining() && !error) {
            throw Failures.tooLarge(limit);
        }
        reserve(wanted);
        bytes.get(body, length, wanted);
        length += wanted;
        var cut = bytes.hasRemaining();
        bytes.position(bytes.limit());
        return !cut;
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public List<Frame> take() {
        if (!ended || length == 0) {
            return List.of();
        }
        return List.of(Frame.of(length == body.length ? body : Arrays.copyOf(body, length)));
    }

    private void reserve(int more) {
        if (more > body.length - length) {
            var grown = (int) Math.min(limit, Math.max(2L * body.length, (long) length + more));
            body = Arrays.copyOf(body, grown);
        }
    }
}
