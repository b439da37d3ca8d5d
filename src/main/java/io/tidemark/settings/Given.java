package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

/**
 * A value as somebody gave it.
 *
 * @param text the value, placeholders resolved once {@link Placeholders} has seen it; may be a secret
 * @param shown the value for people where its key is no secret
 * @param origin a file's name, an environment variable's name or {@code -D}
 * @param usable false where a problem with the value is already reported
 */
record Given(String key, String text, String shown, String origin, boolean usable) {
    Given {
        requireNonNull(key, "key is null");
        requireNonNull(text, "text is null");
        requireNonNull(shown, "shown is null");
        requireNonNull(origin, "origin is null");
    }

    static Given of(String key, String text, String origin) {
        return new Given(key, text, text, origin, true);
    }

    Given resolved(String newText, String newShown) {
        return new Given(key, newText, newShown, origin, true);
    }

    Given unusable() {
        return new Given(key, text, shown, origin, false);
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "Given[key=" + key + ", origin=" + origin + "]";
    }
}
