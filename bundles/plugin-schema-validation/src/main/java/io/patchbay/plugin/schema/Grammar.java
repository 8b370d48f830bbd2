package io.patchbay.plugin.schema;

import com.google.gson.JsonObject;
import com.google.re2j.PatternSyntaxException;
import dev.harrel.jsonschema.Dialect;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SpecificationVersion;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** What a JSON schema is: draft 2020-12, or what its {@code $schema} says. Immutable, for any thread. */
final class Grammar {
    private static final Dialect USUAL = new Dialects.Draft2020Dialect();
    private static final Map<String, Dialect> DIALECTS = Map.of(
            "https://json-schema.org/draft/2020-12/schema", USUAL,
            "https://json-schema.org/draft/2019-09/schema", new Dialects.Draft2019Dialect(),
            "http://json-schema.org/draft-07/schema", new Dialects.Draft7Dialect());

    private static final String DIALECT = "$schema";
    /** Bytes of all schemas of a request. */
    private static final int LARGEST = 128 * 1_024;

    /** Holds schemas against their own schema. It knows all it has to before it is shared. */
    private final Validator schemas = factory().createValidator();

    Grammar() {
        DIALECTS.keySet().forEach(dialect -> schemas.validate(URI.create(dialect), new JsonObject()));
    }

    private static ValidatorFactory factory() {
        return new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory());
    }

    /** Reads the schemas of one request. */
    Reading reading() {
        return new Reading();
    }

    /** Reads the schemas of one request. For one thread. */
    final class Reading {
        private int left = LARGEST;

        private Reading() {}

        /**
         * Reads one.
         *
         * @param field where it stands
         * @throws FailureException INVALID_REQUEST if it is none, or has more in it than is good for anybody
         */
        JsonSchema schema(JsonView said, String field) {
            left -= said.length();
            if (left < 0) {
                throw wrong(field, "the schemas of a request may have " + LARGEST / 1_024 + " KiB at the most");
            }
            var schema = said.toTree();
            var name = JsonTree.text(schema.get(DIALECT)).replaceFirst("#$", "");
            var dialect = schema.has(DIALECT) ? DIALECTS.get(name) : USUAL;
            if (dialect == null) {
                throw wrong(field, "its '$schema' is not known here: leave it out, or use draft 2020-12");
            }
            var errors = schemas.validate(URI.create(dialect.getMetaSchema()), schema)
                    .getErrors();
            if (!errors.isEmpty()) {
                throw wrong(field, Mismatches.firstPlace(errors) + " is not as JSON Schema has it");
            }
            References.mistake(schema).ifPresent(mistake -> {
                throw wrong(field, mistake);
            });
            return compiled(schema, dialect, field);
        }
    }

    private static JsonSchema compiled(JsonObject schema, Dialect dialect, String field) {
        var budget = new Budget();
        var counted = new Counted(dialect, new Keywords(dialect.getEvaluatorFactory(), budget));
        var validator = factory()
                .withDefaultDialect(counted)
                .withDialect(counted)
                .withDisabledSchemaValidation(true)
                .createValidator();
        try {
            return new JsonSchema(schema, validator, validator.registerSchema(schema), budget);
        } catch (PatternSyntaxException wrong) {
            throw wrong(field, "a pattern in it is not one of RE2's language: " + wrong.getDescription());
        } catch (JsonSchemaException | IllegalArgumentException wrong) {
            throw wrong(field, "it can't be read as one");
        }
    }

    private static FailureException wrong(String field, String why) {
        return Failure.invalid(
                        field, '\'' + field + "' is not a JSON schema that answers can be held against: " + why + '.')
                .toException();
    }

    /** A dialect whose keywords are others. */
    private record Counted(Dialect dialect, EvaluatorFactory keywords) implements Dialect {
        @Override
        public SpecificationVersion getSpecificationVersion() {
            return dialect.getSpecificationVersion();
        }

        @Override
        public String getMetaSchema() {
            return dialect.getMetaSchema();
        }

        @Override
        public EvaluatorFactory getEvaluatorFactory() {
            return keywords;
        }

        @Override
        public Set<String> getSupportedVocabularies() {
            return dialect.getSupportedVocabularies();
        }

        @Override
        public Set<String> getRequiredVocabularies() {
            return dialect.getRequiredVocabularies();
        }

        @Override
        public Map<String, Boolean> getDefaultVocabularyObject() {
            return dialect.getDefaultVocabularyObject();
        }
    }
}
