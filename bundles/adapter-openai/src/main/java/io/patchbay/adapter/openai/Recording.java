package io.patchbay.adapter.openai;

import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.tasks.TaskRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A recording to be written down: a form with a file in it (RFC 7578), as OpenAI wants it. */
final class Recording {
    static final String PATH = "/audio/transcriptions";

    /** In base64 there is nothing that could be taken for it. */
    private static final String BOUNDARY = "patchbay-b7f1c0d2e94a4f6b";

    private static final List<String> TEXTS = List.of("language", "prompt", "response_format");
    private static final String GRANULARITIES = "timestamp_granularities";

    private final ByteArrayOutputStream form = new ByteArrayOutputStream();

    private Recording() {}

    static UpstreamRequest encode(TaskRequest request, Endpoint endpoint, Headers headers) {
        var json = request.json();
        var recording = new Recording();
        recording.field("model", endpoint.upstreamModel());
        TEXTS.forEach(name -> json.string(name).ifPresent(text -> recording.field(name, text)));
        json.number("temperature").ifPresent(number -> recording.field("temperature", number.toPlainString()));
        json.strings(GRANULARITIES).forEach(word -> recording.field(GRANULARITIES + "[]", word));
        var sound = json.object("input_audio")
                .orElseThrow(() -> Failure.invalid("input_audio", "'input_audio' is missing.")
                        .toException());
        recording.file(
                sound.string("format").orElse("wav"),
                decoded(sound.string("data").orElse("")));
        recording.text("--" + BOUNDARY + "--\r\n");
        return UpstreamRequest.post(
                PATH, headers, recording.form.toByteArray(), "multipart/form-data; boundary=" + BOUNDARY);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw Failure.invalid("input_audio.data", "'input_audio.data' must be base64.")
                    .toException();
        }
    }

    private void field(String name, String value) {
        text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
    }

    private void file(String format, byte[] bytes) {
        var ending = format.replaceAll("[^A-Za-z0-9]", "");
        text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"recording." + ending
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        form.writeBytes(bytes);
        text("\r\n");
    }

    private void text(String text) {
        form.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
