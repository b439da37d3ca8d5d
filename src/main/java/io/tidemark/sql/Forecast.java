package io.tidemark.sql;

import io.tidemark.change.Change;
import io.tidemark.change.Change.Kind;
import io.tidemark.change.ThreeWay;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import io.tidemark.system.Writable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the next pass outwards would send, as the rows and their changes stand now. Locks and writes nothing. */
public final class Forecast {
    private final Target target;
    private final Passage passage;
    private final Function<Map<String, @Nullable String>, Optional<String>> uncreatable;
    private long creations;
    private long updates;
    private long deletions;
    private final Map<String, Long> dead = new TreeMap<>();

    private Forecast(
            Target target, Writable writable, Function<Map<String, @Nullable String>, Optional<String>> uncreatable) {
        this.target = target;
        this.passage = new Passage(writable, target.settings().write());
        this.uncreatable = uncreatable;
    }

    /**
     * What would go out.
     *
     * @param deadLetters how many changes would become dead letters, by the reason, which holds no values
     */
    public record Outlook(long creations, long updates, long deletions, Map<String, Long> deadLetters) {
        public Outlook {
            deadLetters = Map.copyOf(deadLetters);
        }
    }

    /**
     * Looks at every change that waits.
     *
     * @param uncreatable why a record with the values, by the export's field, cannot be created
     */
    public static Outlook of(
            Target target, Writable writable, Function<Map<String, @Nullable String>, Optional<String>> uncreatable) {
        var forecast = new Forecast(target, writable, uncreatable);
        target.database().inTransaction(connection -> {
            if (forecast.captured(connection)) {
                forecast.look(connection);
            }
            return forecast;
        });
        return new Outlook(forecast.creations, forecast.updates, forecast.deletions, forecast.dead);
    }

    /** Whether anything can have been noted yet; a rehearsal may come before the bridge's tables. */
    private boolean captured(Connection connection) throws SQLException {
        Database database = target.database();
        var catalog = new Catalog(connection, database.dialect());
        return catalog.table(
                        catalog.schema(database.settings().schema()),
                        database.dialect().fold("tidemark_change"))
                .isPresent();
    }

    private void look(Connection connection) throws SQLException {
        var values = new Values(target.blueprint().columns(), target.zone());
        var changes = new ChangeRows(target.database(), target.settings().name(), values);
        try (var select = target.database().prepare(connection, """
                select id, row_id, record_key, kind, state, version, changed_at, base, sent, sent_version, sent_at,
                       cast(null as varchar(200)) as job, pins, attempts, next_at, reason
                from ~tidemark_change where stream = ? and state in ('pending', 'sending') order by changed_at, id
                """)) {
            new Bind(select).text(target.settings().name());
            for (Change change : changes.all(select)) {
                look(connection, values, change);
            }
        }
    }

    private void look(Connection connection, Values values, Change change) throws SQLException {
        if (change.kind() == Kind.DELETE) {
            deletion(change);
            return;
        }
        Optional<Map<String, @Nullable String>> row = row(connection, values, change.rowId());
        if (row.isEmpty()) {
            return;
        }
        if (change.key() == null) {
            creation(change, values, row.get());
        } else {
            update(change, values, row.get());
        }
    }

    private void deletion(Change change) {
        if (change.key() != null && target.settings().outboundDeletes() == OutboundDeletes.PROPAGATE) {
            passage.undeletable().ifPresentOrElse(this::dead, () -> deletions++);
        }
    }

    private void creation(Change change, Values values, Map<String, @Nullable String> row) {
        Map<String, @Nullable String> sent = new LinkedHashMap<>();
        for (TargetColumn column : values.columns()) {
            @Nullable String value = row.get(column.name());
            if (!column.key() && passage.creates(column.field()) && value != null) {
                sent.put(column.field(), value);
            }
        }
        passage.uncreatable(change, target.settings())
                .or(() -> uncreatable.apply(sent))
                .ifPresentOrElse(this::dead, () -> creations++);
    }

    private void update(Change change, Values values, Map<String, @Nullable String> row) {
        Change left = ThreeWay.withoutReverts(change, row);
        var refused = new ArrayList<String>();
        boolean sends = false;
        for (TargetColumn column : values.columns()) {
            if (!column.key() && left.base().containsKey(column.name())) {
                Optional<String> refusal = passage.refusal(column.field(), row.get(column.name()));
                refusal.ifPresent(refused::add);
                sends |= refusal.isEmpty();
            }
        }
        if (sends) {
            updates++;
        }
        if (!refused.isEmpty()) {
            dead(String.join("; ", refused));
        }
    }

    private void dead(String reason) {
        dead.merge(reason, 1L, Long::sum);
    }

    private Optional<Map<String, @Nullable String>> row(Connection connection, Values values, long rowId)
            throws SQLException {
        Dialect dialect = target.database().dialect();
        List<String> names = values.columns().stream()
                .map(column -> dialect.quote(column.name()))
                .toList();
        try (var select = connection.prepareStatement("select " + String.join(", ", names) + " from "
                + target.blueprint().foreseen() + " t where tidemark_id = ?")) {
            select.setLong(1, rowId);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(values.read(row, 1)) : Optional.empty();
            }
        }
    }
}
