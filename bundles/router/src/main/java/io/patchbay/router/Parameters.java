package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of a request's fields an endpoint has to honour, in OpenRouter's words for {@code supported_parameters}. */
final class Parameters {
    private static final Set<String> KNOWN = Set.of(
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "top_a",
            "frequency_penalty",
            "presence_penalty",
            "repetition_penalty",
            "max_tokens",
            "max_completion_tokens",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "prediction",
            "seed",
            "response_format",
            "structured_outputs",
            "stop",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "include_reasoning",
            "reasoning",
            "reasoning_effort",
            "web_search_options",
            "verbosity");

    /** Fields that say the same, or that lists of models leave unsaid beside the other. */
    private static final Map<String, String> AS_GOOD = Map.of(
            "max_tokens", "max_completion_tokens",
            "max_completion_tokens", "max_tokens",
            "reasoning_effort", "reasoning",
            "include_reasoning", "reasoning",
            "parallel_tool_calls", "tools");

    /** What OpenAI called tools before they were called that. */
    private static final Map<String, String> NEWER_NAMES = Map.of("functions", "tools", "function_call", "tool_choice");

    private static final String TOOLS = "tools";
    private static final String FUNCTIONS = "functions";
    private static final String FORMAT = "response_format";
    private static final String REASONING = "reasoning";
    private static final String EFFORT = "reasoning_effort";
    private static final String NONE = "none";
    private static final String SCHEMA = "structured_outputs";
    private static final String VERBOSITY = "verbosity";

    private Parameters() {}

    /** All that the request uses, and that does not go without saying. */
    static List<String> used(ModelRequest asked) {
        var request = asked.json();
        var used = new ArrayList<String>();
        for (var field : asked.parameters()) {
            var name = NEWER_NAMES.getOrDefault(field, field);
            if (KNOWN.contains(name) && isUsed(request, field)) {
                used.add(name.equals(FORMAT) ? format(request) : name);
            }
        }
        return used;
    }

    /** Those without which the answer is another one: they are honoured where anybody does, even if not required. */
    static List<String> preferred(JsonView request) {
        boolean tools = isUsed(request, TOOLS) || isUsed(request, FUNCTIONS);
        boolean format = isUsed(request, FORMAT);
        boolean verbosity = isUsed(request, VERBOSITY);
        if (!tools && !format && !verbosity) {
            return List.of();
        }
        var preferred = new ArrayList<String>(3);
        if (tools) {
            preferred.add(TOOLS);
        }
        if (format) {
            preferred.add(format(request));
        }
        if (verbosity) {
            preferred.add(VERBOSITY);
        }
        return preferred;
    }

    /** Whether the endpoint is known not to honour the parameter. */
    static boolean lacks(Endpoint endpoint, String parameter) {
        return !endpoint.supportedParameters().isEmpty() && !honours(endpoint, parameter);
    }

    /** Whether the endpoint is known to honour the parameter. */
    static boolean honours(Endpoint endpoint, String parameter) {
        var supported = endpoint.supportedParameters();
        if (supported.contains(parameter)) {
            return true;
        }
        var other = AS_GOOD.get(parameter);
        return other != null && supported.contains(other);
    }

    private static boolean isUsed(JsonView request, String name) {
        var kind = request.kind(name).orElse(JsonKind.NULL);
        return switch (kind) {
            case NULL -> false;
            case BOOLEAN -> request.isTrue(name) || name.equals("parallel_tool_calls");
            case ARRAY -> !request.elementKinds(name).isEmpty();
            case OBJECT -> !asksForNothing(request, name);
            case STRING ->
                !name.equals(EFFORT)
                        || request.string(name).filter(NONE::equals).isEmpty();
            case NUMBER -> true;
        };
    }

    /** Nothing in it, plain text, which is what everybody gives, or no thoughts, which is what most give. */
    private static boolean asksForNothing(JsonView request, String name) {
        var object = request.object(name).orElseThrow();
        return object.names().isEmpty()
                || switch (name) {
                    case FORMAT -> object.string("type").filter("text"::equals).isPresent();
                    case REASONING ->
                        object.string("effort").filter(NONE::equals).isPresent() || isFalse(object, "enabled");
                    default -> false;
                };
    }

    private static boolean isFalse(JsonView object, String name) {
        return object.kind(name).filter(JsonKind.BOOLEAN::equals).isPresent() && !object.isTrue(name);
    }

    private static String format(JsonView request) {
        var type = request.object(FORMAT).flatMap(format -> format.string("type"));
        return type.filter("json_schema"::equals).isPresent() ? SCHEMA : FORMAT;
    }
}
