package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.presets.Presets;
import java.time.Duration;

/** Fills in the presets that requests name, if there is who knows them. For any thread. */
final class NamedPresets {
    private static final Failure NOBODY = Failure.builder(
                    FailureKind.UNAVAILABLE,
                    "Presets are not there at the moment: their part is being replaced, or was removed.")
            .retryAfter(Duration.ofSeconds(1))
            .build();

    private final Slot<Presets> presets;

    NamedPresets(Slot<Presets> presets) {
        this.presets = presets;
    }

    ChatRequest applied(ChatRequest request, String account) {
        return Presets.isNamedIn(request)
                ? presets.get().orElseThrow(NOBODY::toException).applied(request, account)
                : request;
    }
}
