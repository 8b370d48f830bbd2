package io.patchbay.response.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.cache.ResponseCache;
import io.patchbay.api.json.JsonView;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The component. What it knows is lost with it: an answer that is not kept is asked for anew, and nobody fails. */
@Component(configurationPid = "io.patchbay.response.cache")
@Designate(ocd = ResponseCacheService.Config.class)
public final class ResponseCacheService implements ResponseCache {
    /** Settings of the response cache. */
    @ObjectClassDefinition(name = "Patchbay response cache")
    @interface Config {
        @AttributeDefinition(description = "MiB of answers that are kept", min = "0")
        int memory$_$mib() default 64;

        @AttributeDefinition(description = "KiB of the longest answer that is kept", min = "0")
        int longest$_$answer$_$kib() default 1_024;
    }

    private static final long KIB = 1_024;
    private static final long MIB = 1_048_576;
    /** Memory for everything but the JSON, roughly: of an answer, and of each of its parts. */
    private static final int OVERHEAD = 512;

    private static final int OVERHEAD_OF_A_PART = 128;

    private final long longest;
    private final Cache<String, CachedAnswer> answers;

    @Activate
    public ResponseCacheService(Config config) {
        this(config.memory$_$mib() * MIB, config.longest$_$answer$_$kib() * KIB, InstantSource.system());
    }

    /**
     * One beside any framework.
     *
     * @param memory bytes of all answers
     * @param longest bytes of the longest
     */
    ResponseCacheService(long memory, long longest, InstantSource clock) {
        this.longest = longest;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(memory)
                .weigher((String question, CachedAnswer answer) -> weight(answer))
                .expireAfter(Expiry.writing((String question, CachedAnswer answer) -> answer.ttl()))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    private static int weight(CachedAnswer answer) {
        long bytes = OVERHEAD;
        for (var part : answer.parts()) {
            bytes += part.length() + OVERHEAD_OF_A_PART;
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    @Override
    public Optional<CachedAnswer> find(String question) {
        return Optional.ofNullable(answers.getIfPresent(question));
    }

    @Override
    public void keep(String question, CachedAnswer answer) {
        long size = answer.parts().stream().mapToLong(JsonView::length).sum();
        if (size <= longest) {
            answers.put(question, answer);
        }
    }

    @Override
    public void forget(String question) {
        answers.invalidate(question);
    }
}
