package com.example.patchbay;

import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.guardrails.Blocked;
import io.patchbay.api.guardrails.Guardrail;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.pipeline.Passage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Sends no prompt out of the house that has one of the words in it that {@code etc/com.example.patchbay.blockedwords.cfg}
 * lists: {@code words = falcon, project x}.
 */
@Component(configurationPid = "com.example.patchbay.blockedwords", property = Guardrail.NAME + "=blocked-words")
public final class BlockedWordsGuardrail implements Guardrail {
    @interface Config {
        String words() default "";
    }

    private final List<String> words;

    @Activate
    public BlockedWordsGuardrail(Config config) {
        this(config.words());
    }

    BlockedWordsGuardrail(String list) {
        words = Stream.of(list.split(",", -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public Optional<Passage> enter(Subject subject, ModelRequest request) {
        var said = request.json().toString().toLowerCase(Locale.ROOT);
        var found = words.stream().filter(said::contains).toList();
        if (!found.isEmpty()) {
            throw Blocked.request(List.of("blocked words"));
        }
        return Optional.empty();
    }
}
