package io.patchbay.adapter.sandbox;

import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A sandbox on a virtual clock, and what tests ask of it. */
final class SandboxFixture {
    final VirtualTimer timer = new VirtualTimer();
    final Sandbox sandbox;

    SandboxFixture() {
        this(new Pace(0, 0), Fault.NONE);
    }

    SandboxFixture(Pace pace, Fault fault) {
        var clock = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);
        sandbox = new Sandbox(SandboxEndpoints.with(List.of()), pace, fault, timer, clock);
    }

    /** The endpoint of a model that the sandbox offers. */
    Endpoint endpoint(String model) {
        return sandbox.endpoints().stream()
                .filter(endpoint -> endpoint.model().toString().equals(model))
                .findFirst()
                .orElseThrow();
    }

    /** Begins an answer. */
    LocalModel.Answer answer(String model, String request) {
        return sandbox.answer(ChatRequest.of(JsonView.parse(request)), endpoint(model));
    }

    /** All events of an answer, with time passing as needed. */
    List<ChatEvent> events(String model, String request) {
        var answer = answer(model, request);
        var events = new ArrayList<ChatEvent>();
        do {
            var next = answer.next().toCompletableFuture();
            while (!next.isDone()) {
                timer.runNext();
            }
            events.add(next.join());
        } while (events.get(events.size() - 1) instanceof ChatChunk);
        return events;
    }

    ChatCompletion whole(String model, String request) {
        return (ChatCompletion) events(model, request).get(0);
    }

    Failure failure(String model, String request) {
        var events = events(model, request);
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }

    /** A request that asks one thing. */
    static String ask(String question, String... members) {
        var more = members.length == 0 ? "" : "," + String.join(",", members);
        return "{\"messages\":[{\"role\":\"user\",\"content\":" + JsonAppender.quote(question) + "}]" + more + '}';
    }

    /** The same request, streamed. */
    static String streamed(String request) {
        return request.substring(0, request.length() - 1) + ",\"stream\":true}";
    }

    static List<ChatChunk> chunks(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .map(ChatChunk.class::cast)
                .toList();
    }

    static String content(ChatCompletion completion) {
        return completion
                .choices()
                .get(0)
                .object("message")
                .orElseThrow()
                .string("content")
                .orElseThrow();
    }

    static Usage usage(ChatCompletion completion) {
        return completion.usage().orElseThrow();
    }
}
