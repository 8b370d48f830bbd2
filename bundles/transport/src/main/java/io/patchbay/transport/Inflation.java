package io.patchbay.transport;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952, any number of members) or deflate (RFC 1950, and the bare RFC 1951 that some send
 * instead), fed and drained in pieces of any size. The checksum is left to the layers below.
 */
final class Inflation {
    private static final int FLAG_HEADER_CHECKSUM = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int TRAILER_BYTES = 8;

    private final boolean gzip;
    private Inflater inflater;
    private byte[] input = new byte[0];
    private int position;
    private Part part;
    private int flags;
    /** How many bytes of the current part were seen. */
    private int seen;

    private int extraLength;
    private boolean empty = true;
    private boolean complete;

    private Inflation(boolean gzip) {
        this.gzip = gzip;
        this.part = gzip ? Part.HEAD : Part.FORM;
        this.inflater = new Inflater(true);
    }

    static Inflation gzip() {
        return new Inflation(true);
    }

    static Inflation deflate() {
        return new Inflation(false);
    }

    /** Gives the next piece of input. Not before {@link #output} has returned 0. */
    void input(byte[] bytes) {
        input = bytes;
        position = 0;
        empty &= bytes.length == 0;
        if (part == Part.DATA) {
            inflater.setInput(input);
        }
    }

    /** Fills the buffer with what comes out next; 0 if more input is needed. */
    int output(byte[] buffer) throws DataFormatException {
        while (true) {
            if (part == Part.DATA) {
                var length = inflater.inflate(buffer);
                if (inflater.needsDictionary()) {
                    throw new DataFormatException("unknown dictionary");
                }
                if (inflater.finished()) {
                    finishMember();
                }
                if (length > 0) {
                    return length;
                }
                if (part == Part.DATA) {
                    return 0;
                }
            }
            if (position == input.length) {
                return 0;
            }
            outside(input[position] & 0xFF);
        }
    }

    /** Whether the input so far is a complete body. */
    boolean isComplete() {
        return complete || empty;
    }

    void close() {
        inflater.end();
    }

    private void finishMember() {
        position = input.length - inflater.getRemaining();
        inflater.reset();
        enter(gzip ? Part.TRAILER : Part.REST);
        complete = !gzip;
    }

    /** Reads one byte outside the compressed data. */
    private void outside(int b) throws DataFormatException {
        switch (part) {
            case FORM -> {
                // A zlib header begins with an 8 in the low bits; no compressor begins bare data like that.
                inflater.end();
                inflater = new Inflater((b & 0x0F) != 8);
                beginData();
            }
            case HEAD -> head(b);
            case EXTRA_LENGTH -> {
                extraLength |= b << (8 * seen);
                next(2, Part.EXTRA);
            }
            case EXTRA -> next(extraLength, Part.NAME);
            case NAME, COMMENT, HEADER_CHECKSUM -> text(b);
            case TRAILER -> {
                next(TRAILER_BYTES, Part.HEAD);
                complete = part == Part.HEAD;
            }
            case REST -> position = input.length;
            case DATA -> throw new IllegalStateException("inside the data");
        }
    }

    private void head(int b) throws DataFormatException {
        complete = false;
        if ((seen == 0 && b != 0x1F) || (seen == 1 && b != 0x8B) || (seen == 2 && b != 8)) {
            throw new DataFormatException("no gzip header");
        }
        if (seen == 3) {
            flags = b;
        }
        next(10, Part.EXTRA_LENGTH);
    }

    private void text(int b) {
        if (part == Part.HEADER_CHECKSUM) {
            next(2, Part.DATA);
            return;
        }
        position++;
        if (b == 0) {
            enter(part == Part.NAME ? Part.COMMENT : Part.HEADER_CHECKSUM);
        }
    }

    private void next(int length, Part following) {
        position++;
        seen++;
        if (seen == length) {
            enter(following);
        }
    }

    /** Begins a part, or the first after it that is there. */
    private void enter(Part wanted) {
        seen = 0;
        part = wanted;
        if (part == Part.EXTRA_LENGTH) {
            extraLength = 0;
            part = has(FLAG_EXTRA) ? part : Part.NAME;
        }
        if (part == Part.EXTRA && extraLength == 0) {
            part = Part.NAME;
        }
        if (part == Part.NAME && !has(FLAG_NAME)) {
            part = Part.COMMENT;
        }
        if (part == Part.COMMENT && !has(FLAG_COMMENT)) {
            part = Part.HEADER_CHECKSUM;
        }
        if (part == Part.HEADER_CHECKSUM && !has(FLAG_HEADER_CHECKSUM)) {
            part = Part.DATA;
        }
        if (part == Part.DATA) {
            beginData();
        }
    }

    private void beginData() {
        part = Part.DATA;
        inflater.setInput(input, position, input.length - position);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private enum Part {
        /** Not known yet which form of deflate it is. */
        FORM,
        HEAD,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CHECKSUM,
        DATA,
        TRAILER,
        /** Whatever follows a deflate body. */
        REST
    }
}
