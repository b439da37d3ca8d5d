package io.tidemark.sql;

import io.tidemark.settings.StreamSettings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which column each field goes to: the configured one, else one by the rule of names; never one for two. */
final class ColumnNames {
    /** Columns of the bridge's in a stream's table or its staging. */
    static final Set<String> OWN = Set.of(
            "tidemark_id",
            "tidemark_synced_at",
            "tidemark_deleted_at",
            "tidemark_seq",
            "tidemark_deleted",
            "tidemark_changed_at");

    private final List<String> existing;
    private final Dialect dialect;
    private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> columns = new LinkedHashMap<>();

    ColumnNames(List<Catalog.Found> existing, Dialect dialect) {
        this.existing = existing.stream().map(Catalog.Found::name).toList();
        this.dialect = dialect;
        taken.addAll(OWN);
    }

    /** Exact column names by field. A field that was given a twin's name before keeps it. */
    Map<String, String> assign(Collection<String> fields, StreamSettings settings) {
        for (String field : fields) {
            String configured = settings.columns().get(field);
            if (configured != null && !take(field, configured)) {
                throw new LoadException("stream " + settings.name() + ": two fields go to the column " + configured
                        + "; correct tidemark.streams." + settings.name() + ".columns." + field);
            }
        }
        for (String field : fields) {
            if (!columns.containsKey(field) && find(Names.twin(field)).isPresent()) {
                take(field, Names.twin(field));
            }
        }
        for (String field : fields) {
            if (!columns.containsKey(field) && !take(field, Names.snake(field))) {
                take(field, Names.twin(field));
            }
        }
        return columns;
    }

    private boolean take(String field, String name) {
        String column = find(name).orElseGet(() -> dialect.fold(Names.derived(name, "")));
        if (!taken.add(column)) {
            return false;
        }
        columns.put(field, column);
        return true;
    }

    private Optional<String> find(String name) {
        return existing.stream()
                .filter(column -> column.equals(name))
                .findFirst()
                .or(() -> existing.stream()
                        .filter(column -> column.equals(dialect.fold(name)))
                        .findFirst())
                .or(() -> existing.stream()
                        .filter(column -> column.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }
}
