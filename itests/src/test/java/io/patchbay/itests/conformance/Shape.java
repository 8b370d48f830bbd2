package io.patchbay.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a schema looks at in an answer: its fields and their types. Two answers of the same shape are valid both or neither,
 * but for rules on lengths and sizes; so that one of them has to be looked at.
 */
final class Shape {
    /** What schemas name: a kind of an event, a reason to end. These strings count, others do not. */
    private final Set<String> words;

    Shape(Set<String> words) {
        this.words = Set.copyOf(words);
    }

    String of(JsonNode json) {
        var out = new StringBuilder();
        write(json, out);
        return out.toString();
    }

    private void write(JsonNode json, StringBuilder out) {
        switch (json.getNodeType()) {
            case OBJECT -> {
                out.append('{');
                json.properties().forEach(field -> {
                    out.append(field.getKey()).append(':');
                    write(field.getValue(), out);
                    out.append(',');
                });
                out.append('}');
            }
            case ARRAY -> {
                var kinds = new TreeSet<String>();
                json.forEach(element -> kinds.add(of(element)));
                out.append(kinds);
            }
            case STRING -> {
                var text = json.textValue();
                out.append(text.isEmpty() || words.contains(text) ? '"' + text + '"' : 's');
            }
            case NUMBER -> {
                out.append(json.decimalValue().signum() < 0 ? "-" : "");
                out.append(json.isIntegralNumber() ? 'i' : 'd');
            }
            default -> out.append(json);
        }
    }
}
