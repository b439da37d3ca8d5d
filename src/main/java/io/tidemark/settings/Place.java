package io.tidemark.settings;

import java.util.Optional;

/**
 * Where a key belongs: {@code tidemark.sources.NAME.}, {@code tidemark.streams.NAME.} or the rest of {@code tidemark.}.
 *
 * @param name of the source or stream, empty for global keys
 * @param rest the key without the prefix
 */
record Place(Scope scope, String name, String rest) {

    static final String ROOT = "tidemark.";

    enum Scope {
        GLOBAL(ROOT),
        SOURCE(ROOT + "sources."),
        STREAM(ROOT + "streams.");

        private final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }

        /** What all keys of a section begin with. */
        String prefix(String name) {
            return this == GLOBAL ? prefix : prefix + name + ".";
        }
    }

    String prefix() {
        return scope.prefix(name);
    }

    /** The place of a key, empty where it is outside {@code tidemark.} or names a section without a key in it. */
    static Optional<Place> of(String key) {
        if (key.startsWith(Scope.SOURCE.prefix)) {
            return inside(Scope.SOURCE, key);
        }
        if (key.startsWith(Scope.STREAM.prefix)) {
            return inside(Scope.STREAM, key);
        }
        return key.startsWith(ROOT)
                ? Optional.of(new Place(Scope.GLOBAL, "", key.substring(ROOT.length())))
                : Optional.empty();
    }

    private static Optional<Place> inside(Scope scope, String key) {
        String rest = key.substring(scope.prefix.length());
        int dot = rest.indexOf('.');
        if (dot < 1 || dot == rest.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(new Place(scope, rest.substring(0, dot), rest.substring(dot + 1)));
    }
}
