package io.tidemark.sandbox.accountengagement;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object that can be exported.
 *
 * @param deletable whether its procedures have an argument for deleted records
 */
record ObjectType(String name, List<Field> fields, List<Procedure> procedures, Set<Ability> needed, boolean deletable) {
    Optional<Field> field(String wanted, int version) {
        return fields.stream()
                .filter(field -> field.nameIn(version).equals(wanted))
                .findFirst();
    }

    boolean hasTypes() {
        return name.equals("visitorActivity");
    }
}
