package io.patchbay.api.json;

/** The type of a JSON value. */
public enum JsonKind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("a boolean"),
    NULL("null");

    private final String described;

    JsonKind(String described) {
        this.described = described;
    }

    /** The kind with its article, for error messages: {@code "an object"}. */
    public String described() {
        return described;
    }

    static JsonKind of(byte first) {
        return switch (first) {
            case '{' -> OBJECT;
            case '[' -> ARRAY;
            case '"' -> STRING;
            case 't', 'f' -> BOOLEAN;
            case 'n' -> NULL;
            default -> NUMBER;
        };
    }
}
