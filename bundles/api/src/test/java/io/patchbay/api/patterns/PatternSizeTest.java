package io.patchbay.api.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | 3 | 10",
                "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$ | 12 | 60",
                "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$ | 36 | 80",
                "\\p{Greek}\\x{10FFFF}\\{9} | 4 | 20",
                "a{1000} | 1000 | 1010",
                "[{}9]{9}(] | 9 | 40",
                "((a{100}){100}){100} | 1000000 | 1100000",
                "((a{1000}){1000}){1000} | 1000000000 | 1000000000",
                "((((a{1000}){1000} | 1000000 | 1100000",
                "))){{{,,}{999999999999} | 0 | 100",
            })
    void isAboutWhatItTakesWrittenOut(String pattern, long least, long most) {
        assertThat(PatternSize.of(pattern)).isBetween(least, most);
    }
}
