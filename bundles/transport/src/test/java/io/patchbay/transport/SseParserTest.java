package io.patchbay.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.failure.FailureException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseParserTest {
    /** Everything that occurs in the wild, in one stream. */
    private static final String RECORDED = "\uFEFF: keep-alive\r\n\r\n"
            + "event: start\r\ndata: {\"a\":\"h\u00e9llo \uD83D\uDE00\"}\r\n\r\n"
            + "data:no space\n\n"
            + "id: 7\nretry: 1000\ndata: one\ndata:  two\ndata\ndata: four\n\n"
            + "data: old\rdata: mac\r\r"
            + ":comment\rdata: mixed\r\n\n"
            + "event: nothing to say\n\n"
            + "dataset: no\ndat: no\ndata: a long line that needs more than one step of eight bytes \u20ac\u20ac\n\n"
            + "data:\n\n"
            + "data: [DONE]\n\n"
            + "data: last, unfinished";

    private static final List<String> EXPECTED = List.of(
            "start|{\"a\":\"h\u00e9llo \uD83D\uDE00\"}",
            "|no space",
            "|one\n two\n\nfour",
            "|old\nmac",
            "|mixed",
            "|a long line that needs more than one step of eight bytes \u20ac\u20ac",
            "|",
            "|[DONE]",
            "|last, unfinished");

    @Test
    void readsEveryFormOfLine() {
        assertThat(parse(RECORDED.getBytes(UTF_8))).isEqualTo(EXPECTED);
    }

    @Test
    void doesNotCareWhereTheBytesAreCut() {
        var bytes = RECORDED.getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            var pieces = new byte[][] {Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)};
            assertThat(parse(pieces)).as("cut at %d", cut).isEqualTo(EXPECTED);
        }
    }

    @Test
    void readsByteByByteAndInPiecesOfAnySize() {
        var bytes = RECORDED.getBytes(UTF_8);
        for (int size = 1; size < 40; size++) {
            var pieces = new ArrayList<byte[]>();
            for (int at = 0; at < bytes.length; at += size) {
                pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
            }
            assertThat(parse(pieces.toArray(byte[][]::new)))
                    .as("pieces of %d", size)
                    .isEqualTo(EXPECTED);
        }
    }

    @Test
    void readsNativeBuffers() {
        var bytes = RECORDED.getBytes(UTF_8);
        var buffer = ByteBuffer.allocateDirect(bytes.length + 3)
                .position(3)
                .put(bytes)
                .flip()
                .position(3);
        var parser = new SseParser(1000);
        parser.feed(buffer.asReadOnlyBuffer());
        parser.end();
        assertThat(named(parser.take())).isEqualTo(EXPECTED);
    }

    @Test
    void takesHalfAMarkForWhatItIs() {
        var bytes = new byte[] {(byte) 0xEF, (byte) 0xBB, ':', '\n', 'd', 'a', 't', 'a', ':', 'x', '\n', '\n'};
        assertThat(parse(bytes)).containsExactly("|x");
    }

    @Test
    void givesFramesAsSoonAsTheyAreComplete() {
        var parser = new SseParser(1000);
        parser.feed(ByteBuffer.wrap("data: 1\r\n\r".getBytes(UTF_8)));
        assertThat(named(parser.take())).containsExactly("|1");
        parser.feed(ByteBuffer.wrap("\ndata: 2\n\ndata: 3\n\ndata: ".getBytes(UTF_8)));
        assertThat(named(parser.take())).containsExactly("|2", "|3");
        assertThat(parser.take()).isEmpty();
    }

    @Test
    void refusesALineThatDoesNotEnd() {
        var parser = new SseParser(100);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        parser.feed(ByteBuffer.wrap("0123456789".getBytes(UTF_8)));
                    }
                })
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("MALFORMED_ANSWER");
    }

    @Test
    void refusesAnEventOfTooManyLines() {
        var parser = new SseParser(100);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        parser.feed(ByteBuffer.wrap("data: 0123456789\n".getBytes(UTF_8)));
                    }
                })
                .isInstanceOf(FailureException.class);
    }

    private static List<String> parse(byte[]... pieces) {
        var parser = new SseParser(1000);
        var frames = new ArrayList<Frame>();
        for (var piece : pieces) {
            parser.feed(ByteBuffer.wrap(piece));
            frames.addAll(parser.take());
        }
        parser.end();
        frames.addAll(parser.take());
        return named(frames);
    }

    private static List<String> named(List<Frame> frames) {
        return frames.stream()
                .map(frame -> frame.event() + '|' + new String(frame.data(), UTF_8))
                .toList();
    }
}
