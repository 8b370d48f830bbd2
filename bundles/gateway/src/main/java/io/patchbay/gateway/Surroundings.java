package io.patchbay.gateway;

import io.patchbay.api.routing.Load;
import java.time.Instant;

/**
 * What the gateway itself knows that matters for a route.
 *
 * @param load how busy endpoints are
 * @param warmCaches who holds which conversation
 * @param promptTokens how long prompts are
 * @param time when the request came
 */
record Surroundings(Load load, WarmCaches warmCaches, PromptTokens promptTokens, Instant time) {}
