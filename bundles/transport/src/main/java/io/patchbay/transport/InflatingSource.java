package io.patchbay.transport;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a body piece by piece: no more than one piece is ever held, however well it was compressed.
 *
 * <p>A piece of input is copied out of Jetty's buffer, because it may be needed after a pause in which Jetty gives the
 * connection up.
 */
final class InflatingSource implements Content.Source {
    private static final int PIECE_BYTES = 8 << 10;

    private final Content.Source raw;
    private final Inflation inflation;
    private boolean hasInput;
    private boolean lastInput;
    /** Set while called from outside Jetty's callbacks: then only what is held here may be read. */
    private boolean heldOnly;

    InflatingSource(Content.Source raw, Inflation inflation) {
        this.raw = raw;
        this.inflation = inflation;
    }

    @Override
    public Content.@Nullable Chunk read() {
        while (true) {
            if (!hasInput) {
                if (heldOnly) {
                    heldOnly = false;
                    return null;
                }
                var chunk = raw.read();
                if (chunk == null || Content.Chunk.isFailure(chunk)) {
                    return chunk;
                }
                take(chunk);
            }
            var piece = inflate();
            if (piece != null) {
                return piece;
            }
        }
    }

    @Override
    public void demand(Runnable callback) {
        if (hasInput) {
            heldOnly = true;
            callback.run();
        } else {
            raw.demand(callback);
        }
    }

    @Override
    public void fail(Throwable failure) {
        raw.fail(failure);
    }

    private void take(Content.Chunk chunk) {
        var bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        lastInput = chunk.isLast();
        chunk.release();
        inflation.input(bytes);
        hasInput = true;
    }

    private Content.@Nullable Chunk inflate() {
        try {
            var piece = new byte[PIECE_BYTES];
            var length = inflation.output(piece);
            if (length > 0) {
                return Content.Chunk.from(ByteBuffer.wrap(piece, 0, length), false);
            }
        } catch (DataFormatException corrupt) {
            inflation.close();
            return Content.Chunk.from(corrupt);
        }
        hasInput = false;
        if (!lastInput) {
            return null;
        }
        inflation.close();
        return inflation.isComplete() ? Content.Chunk.EOF : Content.Chunk.from(new EOFException("compressed body cut"));
    }
}
