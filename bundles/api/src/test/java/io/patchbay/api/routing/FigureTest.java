package io.patchbay.api.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    @ParameterizedTest
    @CsvSource({
        "0,       2, 0.00",
        "0.005,   2, 0.01",
        "0.9,     2, 0.90",
        "12.3456, 2, 12.35",
        "12.3456, 0, 12",
        "1.999,   1, 2.0",
        "1.0625,  3, 1.063",
        "1e300,   1, 1000000000000000.0",
    })
    void isRoundedAndWrittenInDecimal(double number, int decimals, String written) {
        assertThat(Figure.of(number, decimals)).isEqualTo(written);
    }
}
