package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.presets.Presets;
import java.time.Duration;
import java.util.Optional;

/** Fills in the presets that requests name, if there is who knows them. For any thread. */
final class PresetSlot {
    private static final Failure NOBODY = Failure.builder(
                    FailureKind.UNAVAILABLE,
                    "Presets are not there at the moment: their part is being replaced, or was removed.")
            .retryAfter(Duration.ofSeconds(1))
            .build();

    private volatile Optional<Presets> presets = Optional.empty();

    void put(Presets one) {
        presets = Optional.of(one);
    }

    /** It goes, unless another one has come. */
    void take(Presets leaving) {
        if (presets.filter(one -> one == leaving).isPresent()) {
            presets = Optional.empty();
        }
    }

    ChatRequest applied(ChatRequest request, String account) {
        return Presets.isNamedIn(request)
                ? presets.orElseThrow(NOBODY::toException).applied(request, account)
                : request;
    }
}
