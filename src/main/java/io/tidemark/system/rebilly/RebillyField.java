package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.FieldType;

/**
 * A field of a resource.
 *
 * @param usual whether it is asked for where the stream names no fields
 */
record RebillyField(String name, FieldType type, boolean usual) {

    static final String CUSTOM = "customFields/";

    RebillyField {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }

    /** Reads {@code name:letter}, with a star behind a usual one. */
    static RebillyField parse(String text) {
        boolean usual = text.endsWith("*");
        String[] parts = text.substring(0, text.length() - (usual ? 1 : 0)).split(":", 2);
        return new RebillyField(parts[0], type(parts[1]), usual);
    }

    static RebillyField unknown(String name) {
        return new RebillyField(name, FieldType.TEXT, false);
    }

    boolean custom() {
        return name.startsWith(CUSTOM);
    }

    private static FieldType type(String letter) {
        return switch (letter) {
            case "B" -> FieldType.BOOLEAN;
            case "I" -> FieldType.INTEGER;
            case "N" -> FieldType.NUMBER;
            case "D" -> FieldType.DATE;
            case "S" -> FieldType.TIMESTAMP;
            default -> FieldType.TEXT;
        };
    }
}
