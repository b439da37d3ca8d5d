package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import java.util.Locale;

/**
 * A field of an object.
 *
 * @param name in version 5
 * @param older in versions 3 and 4, empty where these do not have it
 * @param usual whether it is exported unless the configuration says otherwise
 * @param writable whether a person may change it at the vendor
 */
record AccountEngagementField(String name, String older, FieldType type, boolean usual, boolean writable) {

    /** What the names of custom fields end with in version 5. */
    static final String CUSTOM = "__c";

    AccountEngagementField {
        requireNonNull(name, "name is null");
        requireNonNull(older, "older is null");
        requireNonNull(type, "type is null");
    }

    String nameIn(int version) {
        return version == AccountEngagementSettings.FIVE ? name : older;
    }

    /** Texts can be emptied; a flag has no empty value, and what a number without value means is not said. */
    boolean clearable() {
        return writable && type == FieldType.TEXT && !name.equals("email");
    }

    Field described(int version) {
        return new Field(nameIn(version), type, usual);
    }

    static String snake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    static String camel(String snake) {
        var camel = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
