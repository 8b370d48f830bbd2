package io.patchbay.adapter.sandbox;

import static io.patchbay.api.json.JsonAppender.quote;

/** What one token adds to an answer. */
sealed interface Delta {
    /** The canonical {@code delta} object. */
    String json();

    /** A piece of text. */
    record Text(String text) implements Delta {
        @Override
        public String json() {
            return "{\"content\":" + quote(text) + '}';
        }
    }

    /** A tool call begins. */
    record CallBegins(int index, String id, String tool) implements Delta {
        @Override
        public String json() {
            return "{\"tool_calls\":[{\"index\":" + index + ",\"id\":" + quote(id)
                    + ",\"type\":\"function\",\"function\":{\"name\":" + quote(tool) + ",\"arguments\":\"\"}}]}";
        }
    }

    /** A piece of a tool call's arguments. */
    record CallArguments(int index, String text) implements Delta {
        @Override
        public String json() {
            return "{\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":" + quote(text) + "}}]}";
        }
    }
}
