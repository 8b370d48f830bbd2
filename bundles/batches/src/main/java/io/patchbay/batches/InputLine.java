package io.patchbay.batches;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * One request of a batch.
 *
 * @param number from 1
 * @param customId what its client calls it
 * @param body what is sent
 */
record InputLine(int number, String customId, JsonView body) {
    private static final int MOST = 50_000;
    private static final int LONGEST_ID = 512;
    private static final String BODY = "body";

    /**
     * Reads a file.
     *
     * @param endpoint to which all have to go
     * @throws FailureException INVALID_REQUEST that names the line
     */
    static List<InputLine> all(String text, String endpoint) {
        var lines = new ArrayList<InputLine>();
        var ids = new HashSet<String>();
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                var read = read(number, line, endpoint);
                if (!ids.add(read.customId())) {
                    throw wrong(number, "custom_id", "is another line's too");
                }
                lines.add(read);
            }
            if (lines.size() > MOST) {
                throw wrong(number, "input_file_id", "is one line too many: a batch has " + MOST + " at the most");
            }
        }
        if (lines.isEmpty()) {
            throw wrong(1, "input_file_id", "is missing: the file is empty");
        }
        return lines;
    }

    private static InputLine read(int number, String line, String endpoint) {
        JsonView json;
        try {
            json = JsonView.parse(line);
        } catch (MalformedJson broken) {
            throw wrong(number, BODY, "is no JSON object: " + broken.getMessage());
        }
        var id = json.string("custom_id").orElse("");
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw wrong(number, "custom_id", "must be a string of 1 to " + LONGEST_ID + " characters");
        }
        if (json.string("method").filter(method -> !method.equals("POST")).isPresent()) {
            throw wrong(number, "method", "must be POST");
        }
        if (json.string("url").filter(url -> !url.equals(endpoint)).isPresent()) {
            throw wrong(number, "url", "must be the batch's endpoint, " + endpoint);
        }
        if (json.kind(BODY).orElse(JsonKind.NULL) != JsonKind.OBJECT) {
            throw wrong(number, BODY, "must be an object");
        }
        var body = json.object(BODY).orElseThrow();
        if (body.isTrue("stream")) {
            throw wrong(number, "body.stream", "can't be true: nobody reads the stream");
        }
        return new InputLine(number, id, body);
    }

    private static FailureException wrong(int number, String field, String rule) {
        return Failure.invalid(field, "Line " + number + ": '" + field + "' " + rule + '.')
                .toException();
    }
}
