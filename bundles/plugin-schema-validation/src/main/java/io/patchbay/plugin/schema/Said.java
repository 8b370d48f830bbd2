package io.patchbay.plugin.schema;

import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** One of the choices of an answer, whole, or put together piece by piece. For one thread. */
final class Said {
    private static final String TOOL_CALLS = "tool_calls";

    private final StringBuilder content = new StringBuilder();
    private final TreeMap<Long, Call> calls = new TreeMap<>();
    private boolean refuses;
    private String finishReason = "";

    /** A call of a function. */
    static final class Call {
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        String name() {
            return name;
        }

        /** Nothing said is no arguments. */
        String arguments() {
            return arguments.toString().isBlank() ? "{}" : arguments.toString();
        }
    }

    /**
     * Adds what a choice of an answer, or of a chunk, says.
     *
     * @param part its {@code message} or {@code delta}
     */
    void add(JsonView choice, String part) {
        choice.string("finish_reason").ifPresent(reason -> finishReason = reason);
        choice.object(part).ifPresent(this::add);
    }

    private void add(JsonView message) {
        message.string("content").ifPresent(text -> append(content, text));
        refuses |= message.string("refusal").filter(text -> !text.isEmpty()).isPresent();
        long i = 0;
        for (var call : message.objects(TOOL_CALLS)) {
            add(call, calls.computeIfAbsent(call.integer("index").orElse(i), index -> new Call()));
            i++;
        }
    }

    private static void add(JsonView piece, Call call) {
        piece.object("function").ifPresent(function -> {
            function.string("name").filter(name -> !name.isEmpty()).ifPresent(name -> call.name = name);
            function.string("arguments").ifPresent(text -> append(call.arguments, text));
        });
    }

    /** What is too long is not checked, so it need not be kept. */
    private static void append(StringBuilder all, String text) {
        if (all.length() <= Validation.LONGEST) {
            all.append(text);
        }
    }

    boolean isFinished() {
        return !finishReason.isEmpty();
    }

    /** Whether it ends where it was to end, and says what it was asked for. */
    boolean isComplete() {
        return !refuses
                && !finishReason.equals("length")
                && !finishReason.equals("content_filter")
                && !finishReason.equals("error");
    }

    String content() {
        return content.toString();
    }

    List<Call> calls() {
        return new ArrayList<>(calls.values());
    }
}
