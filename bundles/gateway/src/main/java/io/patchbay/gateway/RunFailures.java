package io.patchbay.gateway;

import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.time.Duration;

/** What clients are told where it is no provider that has failed. */
final class RunFailures {
    static final Failure DEFECT = Failure.of(FailureKind.INTERNAL, "Something went wrong on our side.");
    static final Failure UNAVAILABLE = Failure.builder(
                    FailureKind.UNAVAILABLE, "A part of the gateway is being replaced. Try again in a moment.")
            .retryAfter(Duration.ofSeconds(1))
            .build();
    static final Failure UNGUARDED = Failure.builder(
                    FailureKind.UNAVAILABLE,
                    "A guardrail that this installation relies on is not there at the moment; nothing is sent without it.")
            .retryAfter(Duration.ofSeconds(1))
            .build();
    static final Failure OUTRUN = Failure.of(
            FailureKind.OUTRUN, "Another endpoint was asked because this one or the other was slow, and was faster.");
    static final Failure TOO_SLOW = Failure.builder(
                    FailureKind.UNAVAILABLE, "To prepare this request took too long. Try again in a moment.")
            .retryAfter(Duration.ofSeconds(5))
            .build();
    static final Failure TOO_MUCH_FETCHED = Failure.builder(
                    FailureKind.UNAVAILABLE, "Too much is being fetched for requests at the moment. Try again soon.")
            .retryAfter(Duration.ofSeconds(2))
            .build();
    static final Failure SPENT = Failure.builder(
                    FailureKind.PAYMENT_REQUIRED,
                    "The credit is used up, so the answer ends here. What came of it is charged.")
            .limitSource("credits")
            .build();

    private RunFailures() {}

    /** Nobody along the route can be asked, or none of those who could wants to be. */
    static Failure noEndpoints(ModelRequest request, RouteWalk<?> way, PlannerSlot planner) {
        var models = String.join(", ", request.models());
        var parked = way.parked();
        if (parked.isEmpty()) {
            return Failure.builder(
                            FailureKind.NO_ENDPOINTS,
                            "No endpoints of " + models + " can take this request: " + way.reasons() + '.')
                    .excludedBy(way.rules())
                    .build();
        }
        var wait = planner.ask(known -> known.returnsIn(parked))
                .flatMap(known -> known)
                .orElse(Duration.ZERO);
        return Failure.builder(
                        FailureKind.RATE_LIMITED,
                        "The providers of " + models + " that can take this request have asked to wait.")
                .retryAfter(wait)
                .limitSource("provider_rate_limit")
                .excludedBy(way.rules())
                .build();
    }
}
