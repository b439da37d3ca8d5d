package io.tidemark.settings;

import java.util.Optional;

/**
 * One configuration key of the catalogue.
 *
 * @param name without the section's prefix; a key for each field ends with a dot, the field's name follows
 * @param standard the default, empty where there is none or where it depends on other keys
 * @param description one line, for the example file and for messages
 */
record Key<T>(
        String name,
        Parser<T> parser,
        boolean required,
        boolean secret,
        Optional<String> standard,
        String description) {

    /** Added to the name of a secret key, it takes the path of a file that holds the secret. */
    static final String FILE = "-file";

    static <T> Key<T> required(String name, Parser<T> parser, String description) {
        return new Key<>(name, parser, true, false, Optional.empty(), description);
    }

    static <T> Key<T> optional(String name, Parser<T> parser, String description) {
        return new Key<>(name, parser, false, false, Optional.empty(), description);
    }

    static <T> Key<T> standard(String name, Parser<T> parser, String standard, String description) {
        return new Key<>(name, parser, false, false, Optional.of(standard), description);
    }

    static <T> Key<T> secret(String name, Parser<T> parser, String description) {
        return new Key<>(name, parser, false, true, Optional.empty(), description);
    }

    static <T> Key<T> perField(String prefix, Parser<T> parser, String description) {
        return new Key<>(prefix, parser, false, false, Optional.empty(), description);
    }

    boolean perField() {
        return name.endsWith(".");
    }

    /** The key for the path of a file that holds this key's secret. */
    String fileName() {
        return name + FILE;
    }
}
