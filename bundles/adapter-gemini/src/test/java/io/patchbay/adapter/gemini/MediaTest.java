package io.patchbay.adapter.gemini;

import static io.patchbay.adapter.gemini.Samples.body;
import static io.patchbay.adapter.gemini.Samples.chat;
import static io.patchbay.adapter.gemini.Samples.contents;
import static io.patchbay.adapter.gemini.Samples.json;
import static io.patchbay.adapter.gemini.Samples.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.FailureException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'image_url':{'url':'data:image/png;base64,AA=='}|{'inlineData':{'mimeType':'image/png','data':'AA=='}}",
                "'image_url':{'url':'data:image/jpg;base64,AA=='}|{'inlineData':{'mimeType':'image/jpeg','data':'AA=='}}",
                "'image_url':{'url':'https://a.b/c.webp?x=1.png'}|{'fileData':{'mimeType':'image/webp','fileUri':'https://a.b/c.webp?x=1.png'}}",
                "'image_url':{'url':'https://a.b/c'}|{'fileData':{'mimeType':'image/jpeg','fileUri':'https://a.b/c'}}",
                "'image_url':'https://a.b/c.png'|{'fileData':{'mimeType':'image/png','fileUri':'https://a.b/c.png'}}",
                "'video_url':{'url':'https://youtu.be/x'}|{'fileData':{'fileUri':'https://youtu.be/x'}}",
                "'video_url':{'url':'https://a.b/c.mov'}|{'fileData':{'mimeType':'video/mov','fileUri':'https://a.b/c.mov'}}",
                "'video_url':{'url':'data:video/mp4;base64,AA=='}|{'inlineData':{'mimeType':'video/mp4','data':'AA=='}}",
                "'input_audio':{'data':'AA==','format':'mp3'}|{'inlineData':{'mimeType':'audio/mp3','data':'AA=='}}",
                "'input_audio':{'data':'AA==','format':'wav'}|{'inlineData':{'mimeType':'audio/wav','data':'AA=='}}",
                "'file':{'file_data':'data:application/pdf;base64,AA=='}|{'inlineData':{'mimeType':'application/pdf','data':'AA=='}}",
                "'file':{'filename':'a.txt','file_data':'data:;base64,AA=='}|{'inlineData':{'mimeType':'text/plain','data':'AA=='}}",
                "'file':{'filename':'a','file_data':'https://a.b/c.pdf'}|{'fileData':{'mimeType':'application/pdf','fileUri':'https://a.b/c.pdf'}}",
                "'file':{'file_data':'https://generativelanguage.googleapis.com/v1beta/files/x'}|{'fileData':{'fileUri':'https://generativelanguage.googleapis.com/v1beta/files/x'}}",
            })
    void writesWhatIsNotText(String content, String part) {
        var type = content.substring(1, content.indexOf('\'', 1));

        assertThat(contents(message("{'type':'" + type + "'," + content + "}")))
                .isEqualTo(json("[{'role':'user','parts':[" + part + "]}]"));
    }

    @Test
    void letsVertexFetchFromItsOwnStore() {
        var message = message("{'type':'image_url','image_url':{'url':'gs://a/b.png'}},"
                + "{'type':'video_url','video_url':{'url':'https://www.youtube.com/watch?v=x'}}");

        assertThat(body(chat(message, ""), vertex("gemini-2.5-pro")).get("contents"))
                .hasToString(json("[{'role':'user','parts':["
                        + "{'fileData':{'mimeType':'image/png','fileUri':'gs://a/b.png'}},"
                        + "{'fileData':{'mimeType':'video/mp4','fileUri':'https://www.youtube.com/watch?v=x'}}]}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://a/b.png", "http://a.b/c.png", "ftp://a/b.png", "data:image/png,abc", "", "x,y"})
    void refusesAddressesThatGoogleDoesNotFetch(String url) {
        assertThatThrownBy(() -> contents(message("{'type':'image_url','image_url':{'url':'" + url + "'}}")))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused ->
                                assertThat(refused.failure().field()).contains("messages[0].content[0].image_url.url"));
    }

    /** What it does not fetch, the gateway does. */
    @ParameterizedTest
    @CsvSource({
        "https://a.b/c.png,true,true",
        "http://a.b/c.png,false,true",
        "http://www.youtube.com/watch?v=x,true,true",
    })
    void saysWhatGoogleFetches(String url, boolean atStudio, boolean atVertex) {
        var studio = Samples.endpoint("gemini-2.5-pro", Map.of()).build();

        assertThat(Samples.ADAPTER.fetches(url, studio)).isEqualTo(atStudio);
        assertThat(Samples.ADAPTER.fetches(url, vertex("gemini-2.5-pro"))).isEqualTo(atVertex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'smell'}", "{'type':'input_audio','input_audio':{'format':'mp3'}}", "{}"})
    void refusesWhatHasNoForm(String part) {
        assertThatThrownBy(() -> contents(message(part))).isInstanceOf(FailureException.class);
    }

    private static String message(String parts) {
        return "{'role':'user','content':[" + parts + "]}";
    }
}
