package io.patchbay.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonParserTest {
    private static final byte[] LINES =
            "{\"a\":\"h\u00e9llo \uD83D\uDE00\"}\n\n  \r\n{\"b\":2}\r\n{\"done\":true}".getBytes(UTF_8);

    @Test
    void readsLinesWhereverTheyAreCut() {
        for (int size = 1; size <= LINES.length; size++) {
            assertThat(parse(LINES, size))
                    .as("in pieces of %d", size)
                    .containsExactly("{\"a\":\"h\u00e9llo \uD83D\uDE00\"}", "{\"b\":2}", "{\"done\":true}");
        }
    }

    @Test
    void aLineWithoutAnEndIsNotKeptForever() {
        var parser = new NdjsonParser(10);

        assertThatThrownBy(() -> parser.feed(ByteBuffer.wrap(LINES))).isInstanceOf(FailureException.class);
    }

    private static List<String> parse(byte[] bytes, int size) {
        var parser = new NdjsonParser(1 << 20);
        var lines = new ArrayList<String>();
        for (int at = 0; at < bytes.length; at += size) {
            parser.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
            parser.take().forEach(frame -> lines.add(new String(frame.data(), UTF_8)));
        }
        parser.end();
        parser.take().forEach(frame -> lines.add(new String(frame.data(), UTF_8)));
        return lines;
    }
}
