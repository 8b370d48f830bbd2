package io.patchbay.api.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Blame;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A failure as OpenAI's and OpenRouter's clients expect it: the one place where failures become HTTP statuses. What
 * will not heal by itself is a 4xx, because SDKs go on repeating 5xx requests.
 */
public final class ErrorAnswer {
    private static final String JSON = "application/json";

    private final Failure failure;
    /** How the names of rules begin that are about what becomes of a prompt. */
    private static final String DATA_POLICY = "data_policy:";

    private final List<String> requestedModels;

    /** The answer to a request that names no models. */
    public ErrorAnswer(Failure failure) {
        this(failure, List.of());
    }

    /**
     * The answer to a request.
     *
     * @param requestedModels the models that it named
     */
    public ErrorAnswer(Failure failure, List<String> requestedModels) {
        this.failure = failure;
        this.requestedModels = List.copyOf(requestedModels);
    }

    /** The HTTP status. */
    public int status() {
        return switch (failure.kind()) {
            case INVALID_REQUEST, CONTEXT_TOO_LONG -> 400;
            case UNAUTHENTICATED -> 401;
            case PAYMENT_REQUIRED -> 402;
            case FORBIDDEN, CONTENT_FILTERED -> 403;
            case NOT_FOUND, MODEL_NOT_FOUND, NO_ENDPOINTS, UPSTREAM_MODEL_GONE -> 404;
            case CONFLICT -> 409;
            case PAYLOAD_TOO_LARGE -> 413;
            case UNPROCESSABLE -> 422;
            case RATE_LIMITED -> 429;
            case INTERNAL -> 500;
            case UPSTREAM_AUTH,
                    UPSTREAM_QUOTA,
                    UPSTREAM_ERROR,
                    UNREACHABLE,
                    MALFORMED_ANSWER,
                    SCHEMA_MISMATCH,
                    OUTRUN,
                    CUT_OFF -> 502;
            case OVERLOADED, UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
    }

    /** Its headers: what is in the body, and when to try again. */
    public Headers headers() {
        var headers = Headers.builder().add("Content-Type", JSON);
        failure.retryAfter().ifPresent(wait -> {
            long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
            headers.add("Retry-After", Long.toString(seconds));
        });
        failure.rateWindow()
                .ifPresent(window -> headers.add("X-RateLimit-Limit", Long.toString(window.limit()))
                        .add("X-RateLimit-Remaining", Long.toString(window.remaining()))
                        .add("X-RateLimit-Reset", Long.toString(window.reset().toEpochMilli())));
        return headers.build();
    }

    /** Sends it. */
    public void sendTo(HttpResponse response) {
        response.send(status(), headers(), bytes());
    }

    /** {@code {"error": …}}. */
    public JsonObject body() {
        var body = new JsonObject();
        body.add("error", error());
        return body;
    }

    /** The body's bytes. */
    public byte[] bytes() {
        return body().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The inner object, as it also stands in the last chunk of a broken stream. */
    public JsonObject error() {
        var error = new JsonObject();
        error.addProperty("message", failure.message());
        error.addProperty("type", openAiType());
        error.addProperty("code", status());
        error.add("param", JsonNull.INSTANCE);
        failure.field().ifPresent(field -> error.addProperty("param", field));
        error.add("metadata", metadata());
        if (failure.kind() == FailureKind.MODEL_NOT_FOUND || failure.kind() == FailureKind.NO_ENDPOINTS) {
            error.add("availability", availability());
        }
        return error;
    }

    private JsonObject metadata() {
        var metadata = new JsonObject();
        metadata.addProperty("error_type", errorType());
        failure.provider().ifPresent(name -> metadata.addProperty("provider_name", name));
        failure.providerCode().ifPresent(code -> metadata.addProperty("provider_code", code));
        failure.providerMessage().ifPresent(text -> metadata.addProperty("raw", text));
        failure.limitSource().ifPresent(source -> metadata.addProperty("limit_source", source));
        if (!failure.patterns().isEmpty()) {
            metadata.add("patterns", array(failure.patterns()));
        }
        return metadata;
    }

    private JsonObject availability() {
        var availability = new JsonObject();
        availability.addProperty("code", availabilityCode());
        availability.addProperty("retryable", false);
        if (!failure.excludedBy().isEmpty()) {
            availability.add("excluded_by", array(failure.excludedBy()));
        }
        availability.add("requested_models", array(requestedModels));
        return availability;
    }

    private static JsonArray array(List<String> words) {
        var array = new JsonArray();
        words.forEach(array::add);
        return array;
    }

    /** OpenRouter's word: whether anybody serves the model, and if so, whether the client's rules or its privacy is against it. */
    private String availabilityCode() {
        if (failure.kind() == FailureKind.MODEL_NOT_FOUND) {
            return "model_not_found";
        }
        var rules = failure.excludedBy();
        if (rules.isEmpty()) {
            return "no_endpoints";
        }
        return rules.stream().allMatch(rule -> rule.startsWith(DATA_POLICY))
                ? "privacy_restricted"
                : "constraint_filtered";
    }

    /** OpenAI's word. */
    private String openAiType() {
        return switch (failure.kind()) {
            case UNAUTHENTICATED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case RATE_LIMITED -> "rate_limit_error";
            default -> failure.kind().blame() == Blame.CLIENT ? "invalid_request_error" : "server_error";
        };
    }

    /** OpenRouter's word. */
    private String errorType() {
        return switch (failure.kind()) {
            case INVALID_REQUEST, CONFLICT -> "invalid_request";
            case UNPROCESSABLE -> "unprocessable";
            case CONTEXT_TOO_LONG -> "context_length_exceeded";
            case CONTENT_FILTERED -> "content_policy_violation";
            case PAYLOAD_TOO_LARGE -> "payload_too_large";
            case UNAUTHENTICATED -> "authentication";
            case PAYMENT_REQUIRED -> "payment_required";
            case FORBIDDEN -> "permission_denied";
            case NOT_FOUND, MODEL_NOT_FOUND, NO_ENDPOINTS, UPSTREAM_MODEL_GONE -> "not_found";
            case RATE_LIMITED -> "rate_limit_exceeded";
            case OVERLOADED, UNAVAILABLE -> "provider_overloaded";
            case TIMEOUT -> "timeout";
            case SCHEMA_MISMATCH -> "schema_mismatch";
            case INTERNAL -> "server";
            case UPSTREAM_AUTH, UPSTREAM_QUOTA, UPSTREAM_ERROR, UNREACHABLE, MALFORMED_ANSWER, OUTRUN, CUT_OFF ->
                "provider_unavailable";
        };
    }
}
