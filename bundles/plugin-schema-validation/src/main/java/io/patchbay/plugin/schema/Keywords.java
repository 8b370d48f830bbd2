package io.patchbay.plugin.schema;

import com.google.re2j.Pattern;
import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keywords of a schema: the library's, counted, but for those that look for patterns, which are RE2's here. For one thread at
 * a time.
 */
final class Keywords implements EvaluatorFactory {
    /** What a step is worth, in characters that one instruction of a pattern looks at. */
    private static final long CHARACTERS = 64;

    private final EvaluatorFactory library;
    private final Budget budget;
    private final Patterns patterns = new Patterns();

    Keywords(EvaluatorFactory library, Budget budget) {
        this.library = library;
        this.budget = budget;
    }

    @Override
    public Optional<Evaluator> create(SchemaParsingContext schema, String keyword, JsonNode value) {
        var own = switch (keyword) {
            case "pattern" -> value.isString() ? Optional.of(pattern(value)) : Optional.<Evaluator>empty();
            case "patternProperties" ->
                value.isObject() ? Optional.of(properties(schema, value)) : Optional.<Evaluator>empty();
            default -> library.create(schema, keyword, value);
        };
        return own.map(Counted::new);
    }

    private Evaluator pattern(JsonNode value) {
        var pattern = patterns.compile(value.asString());
        return (context, node) ->
                !node.isString() || isFound(pattern, node.asString()) ? Evaluator.Result.success() : failure();
    }

    private Evaluator properties(SchemaParsingContext schema, JsonNode value) {
        var schemas = new LinkedHashMap<Pattern, String>();
        value.asObject().forEach((name, of) -> schemas.put(patterns.compile(name), schema.getAbsoluteUri(of)));
        return (context, node) -> node.isObject() ? matched(schemas, context, node) : Evaluator.Result.success();
    }

    /** Tells which properties it looked at, for {@code additionalProperties}. */
    private Evaluator.Result matched(Map<Pattern, String> schemas, EvaluationContext context, JsonNode object) {
        var seen = new HashSet<String>();
        boolean isValid = true;
        for (var property : object.asObject().entrySet()) {
            for (var schema : schemas.entrySet()) {
                if (isFound(schema.getKey(), property.getKey())) {
                    seen.add(property.getKey());
                    isValid &= context.resolveInternalRefAndValidate(schema.getValue(), property.getValue());
                }
            }
        }
        return isValid ? Evaluator.Result.success(seen) : Evaluator.Result.failure();
    }

    private boolean isFound(Pattern pattern, String text) {
        budget.spend(1 + pattern.programSize() * (long) text.length() / CHARACTERS);
        return pattern.matcher(text).find();
    }

    /** With a message, or it would not be among the errors. */
    private static Evaluator.Result failure() {
        return Evaluator.Result.failure("");
    }

    /** Counts how often it is asked. */
    private final class Counted implements Evaluator {
        private final Evaluator evaluator;

        Counted(Evaluator evaluator) {
            this.evaluator = evaluator;
        }

        @Override
        public Result evaluate(EvaluationContext context, JsonNode node) {
            budget.enter();
            try {
                return evaluator.evaluate(context, node);
            } finally {
                budget.leave();
            }
        }

        @Override
        public int getOrder() {
            return evaluator.getOrder();
        }
    }
}
