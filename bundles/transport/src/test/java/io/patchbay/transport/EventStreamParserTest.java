package io.patchbay.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {
    @Test
    void namesAMessageByItsEventOrItsException() {
        var stream = join(
                message(strings(":message-type", "event", ":event-type", "contentBlockDelta"), "{\"a\":1}"),
                message(strings(":message-type", "exception", ":exception-type", "throttlingException"), "{}"),
                message(strings(":message-type", "error", ":error-code", "InternalError"), ""));

        assertThat(parse(stream, stream.length))
                .containsExactly(
                        "contentBlockDelta {\"a\":1}", "exception/throttlingException {}", "exception/InternalError ");
    }

    @Test
    void doesNotCareWhereTheBytesAreCut() {
        var stream = join(
                message(strings(":event-type", "one"), "{\"text\":\"h\u00e9llo\"}"),
                message(strings(":event-type", "two"), ""));

        for (int size = 1; size < stream.length; size++) {
            assertThat(parse(stream, size)).containsExactly("one {\"text\":\"h\u00e9llo\"}", "two ");
        }
    }

    @Test
    void passesOverHeadersOfOtherTypes() {
        var others = new ByteArrayOutputStream();
        int[] sizes = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};
        for (int type = 0; type < sizes.length; type++) {
            if (type != 7) {
                others.writeBytes(new byte[] {1, 'h', (byte) type});
                others.writeBytes(sizes[type] < 0 ? new byte[] {0, 3, 9, 9, 9} : new byte[sizes[type]]);
            }
        }
        others.writeBytes(strings(":event-type", "end"));

        assertThat(parse(message(others.toByteArray(), "x"), 5)).containsExactly("end x");
    }

    @Test
    void everyChangedByteIsNoticed() {
        var good = message(strings(":event-type", "one"), "{\"a\":1}");
        for (int i = 0; i < good.length; i++) {
            var bad = good.clone();
            bad[i] ^= 0x20;
            assertThatThrownBy(() -> parse(bad, bad.length)).as("byte %d", i).isInstanceOf(FailureException.class);
        }
    }

    @Test
    void aStreamThatEndsInTheMiddleOfAMessageIsMalformed() {
        var good = message(strings(":event-type", "one"), "{\"a\":1}");
        for (int length = 1; length < good.length; length++) {
            var cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> parse(cut, cut.length)).isInstanceOf(FailureException.class);
        }
    }

    private static List<String> parse(byte[] bytes, int size) {
        var parser = new EventStreamParser(1 << 20);
        var messages = new ArrayList<String>();
        for (int at = 0; at < bytes.length; at += size) {
            parser.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
            parser.take().forEach(frame -> messages.add(frame.event() + ' ' + new String(frame.data(), UTF_8)));
        }
        parser.end();
        return messages;
    }

    private static byte[] strings(String... namesAndValues) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.write(namesAndValues[i].length());
            out.writeBytes(namesAndValues[i].getBytes(UTF_8));
            out.write(7);
            out.write(0);
            out.write(namesAndValues[i + 1].length());
            out.writeBytes(namesAndValues[i + 1].getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] message(byte[] headers, String payload) {
        var body = payload.getBytes(UTF_8);
        int total = 12 + headers.length + body.length + 4;
        var message = ByteBuffer.allocate(total).putInt(total).putInt(headers.length);
        message.putInt(crc(message.array(), 8)).put(headers).put(body);
        return message.putInt(crc(message.array(), total - 4)).array();
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] join(byte[]... all) {
        var out = new ByteArrayOutputStream();
        for (var bytes : all) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
