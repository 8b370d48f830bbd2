package io.patchbay.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.api.failure.FailureException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a provider sends: the same frames wherever the network cuts it, or a failure, never anything else. */
class FramerFuzzTest {
    private static final int LIMIT = 1 << 16;

    static Stream<byte[]> streams() {
        return Stream.of(
                        "\uFEFF: hi\r\n\r\nevent: a\ndata: {\"b\":1}\r\rdata\ndata:x\n\nid: 1\nretry: 2\n",
                        "data: [DONE]\n\ndata: last, unfinished",
                        "{\"a\":1}\n\n{\"done\":true}",
                        "\0\0\0\20\0\0\0\0\5\302\110\353\175\230\310\377")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("streams")
    @FuzzTest(maxDuration = "60m")
    void serverSentEvents(byte[] bytes) {
        isReadAlike(bytes, () -> new SseParser(LIMIT));
    }

    @MethodSource("streams")
    @FuzzTest(maxDuration = "60m")
    void lines(byte[] bytes) {
        isReadAlike(bytes, () -> new NdjsonParser(LIMIT));
    }

    @MethodSource("streams")
    @FuzzTest(maxDuration = "60m")
    void awsEventStreams(byte[] bytes) {
        isReadAlike(bytes, () -> new EventStreamParser(LIMIT));
    }

    private static void isReadAlike(byte[] bytes, Supplier<Framer> framer) {
        var whole = read(bytes, bytes.length, framer.get());

        assertThat(read(bytes, 1, framer.get())).isEqualTo(whole);
        assertThat(read(bytes, 7, framer.get())).isEqualTo(whole);
    }

    /** The frames; empty if the stream was refused. */
    private static Optional<List<String>> read(byte[] bytes, int size, Framer framer) {
        var frames = new ArrayList<String>();
        try {
            for (int at = 0; at < bytes.length; at += size) {
                framer.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
                take(framer, frames);
            }
            framer.end();
            take(framer, frames);
            return Optional.of(frames);
        } catch (FailureException refused) {
            return Optional.empty();
        }
    }

    private static void take(Framer framer, List<String> frames) {
        framer.take().forEach(frame -> frames.add(frame.event() + '|' + new String(frame.data(), UTF_8)));
    }
}
