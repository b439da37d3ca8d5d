package io.tidemark.sandbox.everyaction;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes one contact out of two. */
record Merge(Records records, long source, long target) {
    /** Where a retired source keeps the key of its target; no export shows it. */
    static final String INTO = "merged:into";

    private static final List<ResourceType> BELONGINGS =
            List.of(Catalogue.CONTACTS_ACTIVIST_CODES, Catalogue.CONTRIBUTIONS);

    boolean isPossible() {
        return source != target && active(source) && active(target);
    }

    /** The target keeps its values, fills its gaps from the source and takes its belongings; the source is retired. */
    void run(Author author) {
        Map<String, String> given =
                records.find(Catalogue.CONTACTS, source).map(Version::values).orElse(Map.of());
        records.change(
                Catalogue.CONTACTS,
                target,
                own -> {
                    Map<String, String> both = new TreeMap<>(given);
                    both.putAll(own);
                    return both;
                },
                author);
        BELONGINGS.forEach(type -> hand(type, author));
        Map<String, String> pointer = Map.of(INTO, Long.toString(target));
        records.retire(Catalogue.CONTACTS, source, pointer, author, ResourceType.MERGED);
    }

    private void hand(ResourceType type, Author author) {
        records.all(type).stream()
                .filter(row -> row.value("VanID").equals(Long.toString(source)))
                .forEach(row -> records.change(type, row.id(), Map.of("VanID", Long.toString(target)), author));
    }

    private boolean active(long id) {
        Optional<Version> found = records.find(Catalogue.CONTACTS, id);
        return found.filter(Version::active).isPresent();
    }
}
