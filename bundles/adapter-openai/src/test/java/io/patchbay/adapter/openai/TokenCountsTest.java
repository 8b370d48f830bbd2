package io.patchbay.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatCompletion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCountsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'prompt_tokens_details':{'cached_tokens':6,'cache_write_tokens':3}|6|3",
                "'prompt_cache_hit_tokens':6|6|0",
                "'cache_read_input_tokens':6,'cache_creation_input_tokens':3|6|3",
                "'prompt_tokens_details':{'cached_tokens':6,'cache_creation_input_tokens':3}|6|3",
                "'prompt_tokens_details':null,'cache_creation_input_tokens':3|0|3",
                "'prompt_tokens_details':{'cached_tokens':1,'cache_write_tokens':2},'cached_tokens':6,"
                        + "'cache_creation_input_tokens':3|1|2",
            })
    void findsWhatWasReadFromTheCacheAndWrittenToIt(String details, long read, long written) {
        var completion = (ChatCompletion) Samples.whole(
                        ("{'choices':[{'message':{'content':'a'},'finish_reason':'stop'}],'usage':{'prompt_tokens':10,"
                                        + "'completion_tokens':2,'total_tokens':12," + details + "}}")
                                .replace('\'', '"'))
                .get(0);

        var usage = completion.usage().orElseThrow();
        assertThat(usage.promptTokens()).isEqualTo(10);
        assertThat(usage.cachedTokens()).isEqualTo(read);
        assertThat(usage.cacheWriteTokens()).isEqualTo(written);
    }
}
