package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A field of an object.
 *
 * @param name in version 5
 * @param older in versions 3 and 4, empty where these do not export it
 */
record Field(String name, String older, Type type, boolean writable) {
    enum Type {
        TEXT,
        WHOLE,
        FLAG,
        TIME
    }

    String nameIn(int version) {
        return version == 5 ? name : older;
    }

    /** As an object call of version 5 shows it. */
    void show(ObjectNode json, String value, VendorTime time) {
        if (value.isEmpty()) {
            json.putNull(name);
            return;
        }
        switch (type) {
            case WHOLE -> json.put(name, Long.parseLong(value));
            case FLAG -> json.put(name, Boolean.parseBoolean(value));
            case TIME -> json.put(name, time.withOffset(value));
            case TEXT -> json.put(name, value);
        }
    }

    /** The older versions' spelling of a name. */
    static String snake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
