package io.patchbay.plugin.schema;

import java.util.Map;
import java.util.Optional;

/**
 * What an answer has to match.
 *
 * @param content what is said
 * @param arguments those of functions, by their names
 */
record Demands(Optional<Demand> content, Map<String, Demand> arguments) {}
