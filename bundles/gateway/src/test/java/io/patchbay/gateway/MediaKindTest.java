package io.patchbay.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaKindTest {
    private static Optional<String> type(MediaKind kind, String bytes, String said) {
        return kind.mediaType(bytes.translateEscapes().getBytes(ISO_8859_1), Optional.ofNullable(said));
    }

    @ParameterizedTest
    @CsvSource({
        "\\211PNG\\r\\n\\032\\n...,image/png",
        "\\377\\330\\377\\340..,image/jpeg",
        "GIF89a...,image/gif",
        "RIFF....WEBPVP8 ...,image/webp",
        "BM....,image/bmp",
        "II*\\0....,image/tiff",
        "MM\\0*....,image/tiff",
        "....ftypheic....,image/heic",
        "....ftypavif....,image/avif",
    })
    void picturesAreWhatTheirBytesSay(String bytes, String type) {
        assertThat(type(MediaKind.IMAGE, bytes, "image/x-made-up")).contains(type);
        assertThat(type(MediaKind.FILE, bytes, "text/plain")).contains(type);
    }

    @ParameterizedTest
    @CsvSource({"<html>not found</html>", "<svg/>", "RIFF....WAVEfmt", "%PDF-1.7", "....ftypisom....", "''", "GIF"})
    void nothingElseIsAPicture(String bytes) {
        assertThat(type(MediaKind.IMAGE, bytes, "image/png")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "....ftypisom....,application/octet-stream,video/mp4",
        "'....ftypqt  ....',text/plain,video/quicktime",
        "\\032E\\337\\243....,video/x-matroska,video/webm",
        "FLV....,video/x-flv,video/x-flv",
    })
    void videosAreWhatTheirBytesOrTheirServersSay(String bytes, String said, String type) {
        assertThat(type(MediaKind.VIDEO, bytes, said)).contains(type);
    }

    @Test
    void aPictureIsNoVideo() {
        assertThat(type(MediaKind.VIDEO, "....ftypavif....", "image/avif")).isEmpty();
        assertThat(type(MediaKind.VIDEO, "<html>", "text/html")).isEmpty();
    }

    @Test
    void filesAreWhatTheirServersSayUnlessTheirBytesKnowBetter() {
        assertThat(type(MediaKind.FILE, "%PDF-1.7", "text/html")).contains("application/pdf");
        assertThat(type(MediaKind.FILE, "a,b", "text/csv")).contains("text/csv");
        assertThat(type(MediaKind.FILE, "a,b", null)).contains("application/octet-stream");
    }
}
