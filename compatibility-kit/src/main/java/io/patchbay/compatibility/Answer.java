package io.patchbay.compatibility;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client has when it has put together the events of one answer: its first choice. For one thread. */
final class Answer {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder reasoningDetails = new StringBuilder();
    private final StringBuilder detailedReasoning = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();
    private final AssistantMessage message = new AssistantMessage();
    private final List<String> offences = new ArrayList<>();
    private String finishReason = "";
    private @Nullable Usage usage;
    private @Nullable Failure failure;
    private boolean over;

    /** One call of a tool while it is put together. For one thread. */
    static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        String id() {
            return id;
        }

        String name() {
            return name;
        }

        String arguments() {
            return arguments.toString();
        }
    }

    static Answer of(List<ChatEvent> events) {
        var answer = new Answer();
        events.forEach(answer::add);
        if (!answer.over) {
            answer.offences.add("the answer has no end");
        }
        return answer;
    }

    private void add(ChatEvent event) {
        if (over) {
            offences.add("something follows the last event");
        }
        if (event instanceof ChatChunk chunk) {
            chunk.usage().ifPresent(counts -> usage = counts);
            chunk.choices().stream()
                    .filter(choice -> choice.integer("index").orElse(0) == 0)
                    .forEach(choice -> take(choice, choice.object("delta")));
            return;
        }
        over = true;
        if (event instanceof ChatCompletion completion) {
            completion.usage().ifPresent(counts -> usage = counts);
            if (completion.choices().isEmpty()) {
                offences.add("the answer has no choices");
            } else {
                var first = completion.choices().get(0);
                take(first, first.object("message"));
            }
        } else if (event instanceof ChatEvent.Failed failed) {
            failure = failed.failure();
        }
    }

    private void take(JsonView choice, Optional<JsonView> said) {
        choice.string("finish_reason").ifPresent(reason -> {
            finishReason = reason;
            if (choice.string("native_finish_reason").isEmpty()) {
                offences.add("native_finish_reason is missing");
            }
        });
        said.ifPresent(piece -> {
            message.take(piece);
            piece.string("content").ifPresent(text::append);
            piece.string("reasoning").ifPresent(reasoning::append);
            piece.objects("reasoning_details").forEach(detail -> {
                detail.string("text").or(() -> detail.string("summary")).ifPresent(detailedReasoning::append);
                for (var name : List.of("signature", "data")) {
                    detail.string(name)
                            .ifPresent(kept -> reasoningDetails.append(kept).append('\n'));
                }
            });
            piece.objects("tool_calls").forEach(this::takeCall);
        });
    }

    private void takeCall(JsonView piece) {
        int index = (int) piece.integer("index").orElse(calls.size());
        if (index > calls.size()) {
            offences.add("tool_calls: index " + index + " before " + calls.size());
            return;
        }
        if (index == calls.size()) {
            calls.add(new Call());
        }
        var call = calls.get(index);
        piece.string("id").ifPresent(id -> call.id = id);
        piece.object("function").ifPresent(function -> {
            function.string("name").ifPresent(name -> call.name = name);
            function.string("arguments").ifPresent(call.arguments::append);
        });
    }

    /** As a client sends it back. */
    JsonObject message() {
        return message.toJson(this);
    }

    String text() {
        return text.toString();
    }

    String reasoning() {
        return reasoning.toString();
    }

    /** The texts of its details, in one. */
    String detailedReasoning() {
        return detailedReasoning.toString();
    }

    /** Signatures and encrypted thoughts, one a line. */
    String reasoningDetails() {
        return reasoningDetails.toString();
    }

    List<Call> calls() {
        return calls;
    }

    String finishReason() {
        return finishReason;
    }

    Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** What no answer may do, whatever the provider did. */
    List<String> offences() {
        return offences;
    }
}
