package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key what is to be corrected: a key, an environment variable, a file or a name
 * @param message a whole line for a person: it leads with the key and holds no secret
 */
public record Problem(String key, String message) {
    public Problem {
        requireNonNull(key, "key is null");
        requireNonNull(message, "message is null");
    }

    @Override
    public String toString() {
        return message;
    }
}
