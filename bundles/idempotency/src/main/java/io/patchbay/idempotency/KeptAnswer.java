package io.patchbay.idempotency;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;

/** What was answered, to be answered again. Immutable. */
final class KeptAnswer {
    /** Memory for everything but the body, roughly. */
    private static final int OVERHEAD = 1_024;

    private final String fingerprint;
    private final int status;
    private final Headers headers;
    private final byte[] body;

    /** To the request of that fingerprint, which has none yet. */
    static KeptAnswer to(NamedRequest request) {
        return new KeptAnswer(request.fingerprint(), 0, Headers.none(), new byte[0]);
    }

    /** @param bytes left alone from now on */
    KeptAnswer holding(int sentStatus, Headers sentHeaders, byte[] bytes) {
        return new KeptAnswer(fingerprint, sentStatus, sentHeaders, bytes);
    }

    private KeptAnswer(String fingerprint, int status, Headers headers, byte[] body) {
        this.fingerprint = fingerprint;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** In bytes. */
    int weight() {
        return body.length + OVERHEAD;
    }

    boolean answers(NamedRequest request) {
        return fingerprint.equals(request.fingerprint());
    }

    /** Sends it once more, in one piece even if it was a stream. */
    void sendTo(HttpResponse response) {
        response.send(status, headers.and("Idempotent-Replayed", "true"), body.clone());
    }
}
