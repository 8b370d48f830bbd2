package io.patchbay.console;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationRecord;

/** Tells the operator what went wrong with a generation and what to do about it, in one line. */
final class Advice {
    private Advice() {}

    static String about(Failure failure, GenerationRecord record) {
        var line = new StringBuilder();
        failure.provider().ifPresent(name -> line.append(name).append(": "));
        line.append(failure.message());
        failure.providerMessage()
                .filter(said -> !failure.message().contains(said))
                .ifPresent(said -> line.append(" (").append(said).append(')'));
        var todo = todo(failure, record);
        if (!todo.isEmpty()) {
            line.append(' ').append(todo);
        }
        return Wording.harmless(line.toString()).replace('\n', ' ');
    }

    private static String todo(Failure failure, GenerationRecord record) {
        return switch (failure.kind()) {
            case MODEL_NOT_FOUND, INVALID_REQUEST -> "\"patchbay:models\" lists the models there are.";
            case NO_ENDPOINTS -> "\"patchbay:providers\" and \"patchbay:health\" show why.";
            case UPSTREAM_AUTH ->
                "Type another key: patchbay:provider-key " + provider(record) + ". Or check the one in its file,"
                        + " etc/io.patchbay.provider~" + provider(record) + ".cfg.";
            case UPSTREAM_QUOTA -> "Top up your account there, or use another provider.";
            case UPSTREAM_MODEL_GONE ->
                "Check the list of models in etc/io.patchbay.provider~" + provider(record) + ".cfg.";
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE ->
                failure.retryAfter()
                        .map(wait -> "Try again in " + Wording.of(wait) + ".")
                        .orElse("Try again in a moment.");
            case UPSTREAM_ERROR, UNREACHABLE, TIMEOUT, MALFORMED_ANSWER, CUT_OFF ->
                "\"patchbay:health\" shows how it" + " fares.";
            case INTERNAL -> "\"log:display\" tells more.";
            default -> "";
        };
    }

    /** Name of the provider tried last. */
    private static String provider(GenerationRecord record) {
        var attempts = record.attempts();
        return attempts.isEmpty()
                ? "NAME"
                : attempts.get(attempts.size() - 1).endpoint().provider().name();
    }
}
