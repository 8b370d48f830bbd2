package io.patchbay.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.testkit.FakeExchange;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class InflationTest {
    private static final byte[] TEXT =
            "to be, or not to be, that is the question. ".repeat(500).getBytes(UTF_8);

    @Test
    void readsGzipCutAnywhere() throws Exception {
        var compressed = FakeExchange.gzip(TEXT);
        for (int cut = 0; cut <= compressed.length; cut++) {
            var inflation = Inflation.gzip();
            var out = new ByteArrayOutputStream();
            drain(inflation, Arrays.copyOf(compressed, cut), out);
            drain(inflation, Arrays.copyOfRange(compressed, cut, compressed.length), out);
            assertThat(out.toByteArray()).as("cut at %d", cut).isEqualTo(TEXT);
            assertThat(inflation.isComplete()).isTrue();
        }
    }

    @Test
    void readsGzipWithEveryOptionalHeaderByteByByte() throws Exception {
        var plain = FakeExchange.gzip(TEXT);
        var head = new byte[] {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0, 3, 0, 1, 2, 3};
        var full = new ByteArrayOutputStream();
        full.writeBytes(head);
        full.writeBytes("name\0comment\0".getBytes(UTF_8));
        full.writeBytes(new byte[] {9, 9});
        full.write(plain, 10, plain.length - 10);
        assertThat(byteByByte(Inflation.gzip(), full.toByteArray())).isEqualTo(TEXT);
    }

    @Test
    void readsSeveralMembers() throws Exception {
        var two = new ByteArrayOutputStream();
        two.writeBytes(FakeExchange.gzip("one ".getBytes(UTF_8)));
        two.writeBytes(FakeExchange.gzip("two".getBytes(UTF_8)));
        var out = new ByteArrayOutputStream();
        drain(Inflation.gzip(), two.toByteArray(), out);
        assertThat(out).hasToString("one two");
    }

    @Test
    void readsBothFormsOfDeflate() throws Exception {
        assertThat(byteByByte(Inflation.deflate(), deflate(false))).isEqualTo(TEXT);
        assertThat(byteByByte(Inflation.deflate(), deflate(true))).isEqualTo(TEXT);
    }

    @Test
    void knowsWhenTheEndIsMissing() throws Exception {
        var compressed = FakeExchange.gzip(TEXT);
        var inflation = Inflation.gzip();
        drain(inflation, Arrays.copyOf(compressed, compressed.length - 1), new ByteArrayOutputStream());
        assertThat(inflation.isComplete()).isFalse();
    }

    @Test
    void refusesWhatIsNotCompressed() {
        assertThatThrownBy(() -> drain(Inflation.gzip(), TEXT, new ByteArrayOutputStream()))
                .isInstanceOf(DataFormatException.class);
    }

    private static byte[] byteByByte(Inflation inflation, byte[] compressed) throws DataFormatException {
        var out = new ByteArrayOutputStream();
        for (var b : compressed) {
            drain(inflation, new byte[] {b}, out);
        }
        assertThat(inflation.isComplete()).isTrue();
        return out.toByteArray();
    }

    private static void drain(Inflation inflation, byte[] input, ByteArrayOutputStream out) throws DataFormatException {
        inflation.input(input);
        var buffer = new byte[100];
        for (var length = inflation.output(buffer); length > 0; length = inflation.output(buffer)) {
            out.write(buffer, 0, length);
        }
    }

    private static byte[] deflate(boolean bare) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
        deflater.setInput(TEXT);
        deflater.finish();
        var buffer = new byte[TEXT.length];
        return Arrays.copyOf(buffer, deflater.deflate(buffer));
    }
}
