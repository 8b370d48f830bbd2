package io.patchbay.plugin.schema;

/**
 * What a text of an answer has to match.
 *
 * @param name for people: "the schema 'order'"
 */
record Demand(String name, JsonSchema schema) {}
