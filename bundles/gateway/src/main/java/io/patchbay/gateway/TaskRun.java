package io.patchbay.gateway;

import io.patchbay.api.adapter.TaskAdapter;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.tasks.Task;
import io.patchbay.api.tasks.TaskAnswer;
import io.patchbay.api.tasks.TaskListener;
import io.patchbay.api.tasks.TaskRequest;
import java.util.Optional;
import java.util.OptionalLong;

/** A task under way. */
final class TaskRun extends WholeRun<TaskAdapter, TaskAnswer> {
    private final GatewayParts parts;
    private volatile TaskRequest request;

    TaskRun(GatewayParts parts, Ticket ticket, TaskRequest request, TaskListener listener) {
        super(parts, parts.taskAdapters(), ticket, request, listener::done, listener::failed);
        this.parts = parts;
        this.request = request;
    }

    @Override
    String ability() {
        return request.task().words();
    }

    @Override
    ModelRequest completed(String account) {
        return request;
    }

    @Override
    Optional<Pipeline.Entered<TaskRequest>> entered(Planner planner, Subject subject) {
        var task = request.task();
        var entered = parts.pipeline().enter(request, subject, json -> TaskRequest.of(task, json));
        entered.ifPresent(guarded -> request = guarded.request());
        return entered;
    }

    @Override
    RunningAttempt attempt(Endpoint candidate, Lease<TaskAdapter> lease) {
        var asked = request;
        var adapter = lease.upstream();
        return remote(
                candidate,
                lease,
                new RemoteWhole.Wire<>(
                        credential -> adapter.encode(asked, candidate, credential),
                        (headers, body) -> adapter.decode(asked, candidate, headers, body),
                        adapter::classify));
    }

    @Override
    long promptTokens() {
        return request.estimate(0).promptTokens();
    }

    /** How much a picture or a text written down will be is not known before. */
    @Override
    OptionalLong maxTokens() {
        return request.task() == Task.RERANK || request.task() == Task.SPEECH
                ? OptionalLong.of(0)
                : OptionalLong.empty();
    }

    @Override
    Usage usage(TaskAnswer answer) {
        return answer.usage().orElseGet(() -> request.estimate(answer.results()));
    }

    @Override
    void complete(GenerationRecord.Builder record) {
        record.kind(
                switch (request.task()) {
                    case RERANK -> GenerationRecord.Kind.RERANK;
                    case IMAGE -> GenerationRecord.Kind.IMAGE;
                    case SPEECH -> GenerationRecord.Kind.SPEECH;
                    case TRANSCRIPTION -> GenerationRecord.Kind.TRANSCRIPTION;
                });
    }
}
