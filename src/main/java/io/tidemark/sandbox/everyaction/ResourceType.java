package io.tidemark.sandbox.everyaction;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of record.
 *
 * @param changeTypes by their ids; 1 stands for a record made or edited everywhere
 */
record ResourceType(String name, String key, List<Field> fields, Map<Integer, String> changeTypes) {
    static final int SAVED = 1;
    static final int REMOVED = 2;
    static final int MERGED = 3;

    Optional<Field> field(String wanted) {
        return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }

    boolean takesCustomFields() {
        return name.equals("Contacts") || name.equals("Contributions");
    }
}
