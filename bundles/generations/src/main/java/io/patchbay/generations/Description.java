package io.patchbay.generations;

import com.google.gson.stream.JsonWriter;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Attribution;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Route;
import io.patchbay.api.tasks.Task;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A record in the words of OpenRouter's {@code GET /generation}, and beyond them {@code route}. What Patchbay does not
 * know is {@code null} or left out.
 */
final class Description {
    private static final int OK = 200;
    private static final int USUAL_LENGTH = 1_000;

    private final StringWriter text = new StringWriter(USUAL_LENGTH);
    private final JsonWriter json = new JsonWriter(text);

    private Description() {}

    static String of(GenerationRecord record) {
        try {
            var description = new Description();
            description.add(record);
            return description.text.toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void add(GenerationRecord record) throws IOException {
        json.beginObject();
        addCourse(record);
        addUsage(record.usage());
        addMoney(record.charge().orElse(Charge.NONE));
        json.name("provider_responses").beginArray();
        for (var attempt : record.attempts()) {
            add(attempt);
        }
        json.endArray();
        addPipeline(record.pipeline());
        if (record.route().isPresent()) {
            add(record.route().get());
        }
        json.endObject();
    }

    private void addPipeline(List<Note> notes) throws IOException {
        if (notes.isEmpty()) {
            return;
        }
        json.name("pipeline").beginArray();
        for (var note : notes) {
            json.beginObject();
            json.name("type").value(note.type());
            json.name("name").value(note.name());
            json.name("summary").value(note.summary());
            json.endObject();
        }
        json.endArray();
    }

    private void addCourse(GenerationRecord record) throws IOException {
        json.name("id").value(record.id());
        json.name("created_at").value(record.created().toString());
        json.name("model").value(record.servedModel().isEmpty() ? record.requestedModel() : record.servedModel());
        add("provider_name", Optional.of(record.answeredBy()).filter(name -> !name.isEmpty()));
        json.name("api_type")
                .value(
                        switch (record.kind()) {
                            case CHAT -> "completions";
                            case EMBEDDINGS -> "embeddings";
                            case RERANK -> Task.RERANK.apiType();
                            case IMAGE -> Task.IMAGE.apiType();
                            case SPEECH -> Task.SPEECH.apiType();
                            case TRANSCRIPTION -> Task.TRANSCRIPTION.apiType();
                        });
        json.name("streamed").value(record.streamed());
        json.name("cancelled").value(record.cancelled());
        json.name("is_byok").value(record.isOwn());
        if (record.cache().filter(CacheUse::isHit).isPresent()) {
            json.name("response_cache_source_id").value(record.cache().get().source());
        }
        add(record.attribution());
        add("finish_reason", record.finishReason());
        if (record.failure().isPresent()) {
            var failure = record.failure().get();
            json.name("error_type").value(word(failure));
            json.name("error_message").value(failure.message());
        }
        json.name("latency").value(record.timeToFirstToken().toMillis());
        json.name("generation_time").value(record.total().toMillis());
    }

    private void add(Attribution said) throws IOException {
        addIfSaid("external_user", said.user());
        addIfSaid("session_id", said.session());
        if (!said.trace().isEmpty()) {
            json.name("trace").beginObject();
            for (var one : said.trace().entrySet()) {
                json.name(one.getKey()).value(one.getValue());
            }
            json.endObject();
        }
        addIfSaid("http_referer", said.app().referer());
        addIfSaid("app_title", said.app().title());
        addIfSaid("user_agent", said.app().userAgent());
    }

    private void addIfSaid(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.get());
        }
    }

    private void addUsage(Optional<Usage> usage) throws IOException {
        long prompt = usage.map(Usage::promptTokens).orElse(0L);
        long completion = usage.map(Usage::completionTokens).orElse(0L);
        json.name("tokens_prompt").value(prompt);
        json.name("tokens_completion").value(completion);
        json.name("native_tokens_prompt").value(prompt);
        json.name("native_tokens_completion").value(completion);
        json.name("native_tokens_reasoning")
                .value(usage.map(Usage::reasoningTokens).orElse(0L));
        json.name("native_tokens_cached").value(usage.map(Usage::cachedTokens).orElse(0L));
    }

    private void addMoney(Charge charge) throws IOException {
        json.name("usage").value(charge.charged().dollars());
        json.name("total_cost").value(charge.charged().dollars());
        json.name("upstream_inference_cost").value(charge.upstream().dollars());
        json.name("margin").value(charge.margin().dollars());
    }

    private void add(Attempt attempt) throws IOException {
        json.beginObject();
        json.name("endpoint_id").value(attempt.endpoint().id());
        json.name("provider_name").value(attempt.endpoint().provider().displayName());
        json.name("model_permaslug").value(attempt.endpoint().model().toString());
        json.name("latency").value(attempt.duration().toMillis());
        json.name("is_byok").value(attempt.endpoint().isOwn());
        json.name("status")
                .value(attempt.failure()
                        .map(failure -> failure.providerStatus().orElse(0))
                        .orElse(OK));
        if (attempt.failure().isPresent()) {
            json.name("failure").value(word(attempt.failure().get()));
        }
        if (!attempt.dropped().isEmpty()) {
            json.name("dropped_parameters").beginArray();
            for (var parameter : attempt.dropped()) {
                json.value(parameter);
            }
            json.endArray();
        }
        json.endObject();
    }

    private static String word(Failure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT);
    }

    private void add(Route route) throws IOException {
        json.name("route").beginObject();
        json.name("strategy").value(route.strategy());
        json.name("candidates").beginArray();
        for (var candidate : route.candidates()) {
            add(candidate);
        }
        json.endArray();
        json.name("dropped").beginArray();
        for (var excluded : route.dropped()) {
            add(excluded);
        }
        json.endArray();
        json.endObject();
    }

    private void add(Candidate candidate) throws IOException {
        json.beginObject();
        json.name("endpoint_id").value(candidate.endpoint().id());
        json.name("score").value(candidate.score());
        json.name("reason").value(candidate.reason());
        json.endObject();
    }

    private void add(Exclusion excluded) throws IOException {
        json.beginObject();
        json.name("endpoint_id").value(excluded.endpoint().id());
        json.name("excluded_by").value(excluded.rule().word());
        json.name("reason").value(excluded.reason());
        json.endObject();
    }

    private void add(String name, Optional<String> value) throws IOException {
        json.name(name);
        if (value.isPresent()) {
            json.value(value.get());
        } else {
            json.nullValue();
        }
    }

    /** The endpoint that the client heard of, if it came to one. */
    static Optional<Endpoint> last(GenerationRecord record) {
        var attempts = record.attempts();
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.get(attempts.size() - 1).endpoint());
    }
}
