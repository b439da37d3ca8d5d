package io.tidemark.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.change.Conflict;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes one record's values from the bridge's own tables, as somebody asked to be forgotten. The stream's table is the
 * user's and stays. To be run under the stream's claim; may be run any number of times.
 */
public final class Erasure {
    private final Database database;
    private final StreamSettings settings;

    public Erasure(Database database, StreamSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * What was done.
     *
     * @param removed what was removed, for people to read; no values
     * @param unsent whether a local change is lost by it that the vendor had not confirmed
     * @param deletionWaits whether a deletion is still to be sent, of which only the key is kept
     */
    public record Erased(List<String> removed, boolean unsent, boolean deletionWaits) {
        public Erased {
            removed = List.copyOf(removed);
        }
    }

    /** Removes everything about the record, in one transaction. */
    public Erased run(String key) {
        return database.inTransaction(connection -> {
            var removed = new ArrayList<String>();
            int deletions = settings.outboundDeletes() == OutboundDeletes.PROPAGATE ? bare(connection, key) : 0;
            boolean unsent = unsent(connection, key, deletions > 0);
            count(removed, changes(connection, key, deletions > 0), "local change");
            if (deletions > 0) {
                removed.add("what a deletion noted of the row");
            }
            count(
                    removed,
                    delete(
                            connection,
                            """
                    delete from ~tidemark_conflict where stream = ? and %s = ?
                    """.formatted(database.dialect()
                                    .quote(database.dialect().fold("key"))),
                            key),
                    "conflict");
            count(removed, rejects(connection, key), "reject");
            count(removed, altered(connection, key), "digest");
            count(removed, staging(connection), "staged row");
            return new Erased(removed, unsent, deletions > 0);
        });
    }

    private static void count(List<String> removed, int rows, String what) {
        if (rows > 0) {
            removed.add(rows + " " + what + (rows == 1 ? "" : "s"));
        }
    }

    /** A deletion that the vendor has not heard of, or not shown, is kept without what the row held. */
    private int bare(Connection connection, String key) throws SQLException {
        int kept = 0;
        try (var select = database.prepare(connection, """
                        select id, pins from ~tidemark_change where stream = ? and record_key = ? and kind = 'delete'
                          and (state <> 'pinned' or pins is not null) for update
                        """);
                var update = database.prepare(
                        connection,
                        "update ~tidemark_change set base = '{}', sent = case when sent is not null then '{}' end,"
                                + " pins = ?, reason = null where id = ?")) {
            new Bind(select).text(settings.name()).text(key);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    new Bind(update)
                            .text(ofRecord(row.getString(2)))
                            .number(row.getLong(1))
                            .update();
                    kept++;
                }
            }
        }
        return kept;
    }

    private static @Nullable String ofRecord(@Nullable String pins) {
        JsonNode pin = Values.json(pins).get(Conflict.RECORD);
        return pin == null ? null : Values.toJson(Map.of(Conflict.RECORD, pin));
    }

    private boolean unsent(Connection connection, String key, boolean withoutDeletions) throws SQLException {
        try (var select = database.prepare(connection, """
                select count(*) from ~tidemark_change
                where stream = ? and record_key = ? and state <> 'pinned' and not (? and kind = 'delete')
                """)) {
            new Bind(select).text(settings.name()).text(key).flag(withoutDeletions);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }

    private int changes(Connection connection, String key, boolean withoutDeletions) throws SQLException {
        try (var delete = database.prepare(connection, """
                delete from ~tidemark_change where stream = ? and record_key = ? and not (? and kind = 'delete')
                """)) {
            return new Bind(delete)
                    .text(settings.name())
                    .text(key)
                    .flag(withoutDeletions)
                    .update();
        }
    }

    /** By their key, and by the key as a whole word in the row as it came, where it could not be read. */
    private int rejects(Connection connection, String key) throws SQLException {
        var word = Pattern.compile("(?<![\\p{Alnum}])" + Pattern.quote(key) + "(?![\\p{Alnum}])");
        var ids = new ArrayList<Long>();
        try (var select = database.prepare(
                connection,
                "select id, row_key, raw from ~tidemark_reject where stream = ? and position(? in raw) > 0")) {
            new Bind(select).text(settings.name()).text(key);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    if (word.matcher(row.getString(3)).find()) {
                        ids.add(row.getLong(1));
                    }
                }
            }
        }
        int removed = 0;
        for (long id : ids) {
            try (var delete = database.prepare(connection, "delete from ~tidemark_reject where id = ?")) {
                removed += new Bind(delete).number(id).update();
            }
        }
        return removed + delete(connection, "delete from ~tidemark_reject where stream = ? and row_key = ?", key);
    }

    /** Digests of a key of one column, and of one of several. */
    private int altered(Connection connection, String key) throws SQLException {
        int removed = 0;
        for (String[] parts : new String[][] {{key}, key.split("/", -1)}) {
            String digests = "cast(? as varchar)";
            String each = database.dialect().digest(digests);
            String all = String.join(
                    " || ", List.of(parts).stream().map(part -> each).toList());
            try (var delete = database.prepare(
                    connection,
                    "delete from ~tidemark_altered where stream = ? and row_key = "
                            + database.dialect().digest(all))) {
                var bind = new Bind(delete).text(settings.name());
                for (String part : parts) {
                    bind.text(part);
                }
                removed += bind.update();
            }
        }
        return removed;
    }

    /** Between two loads staging holds what the last one left; the next one would empty it, too. */
    private int staging(Connection connection) throws SQLException {
        var catalog = new Catalog(connection, database.dialect());
        Optional<TableName> staging = catalog.table(
                catalog.schema(database.settings().schema()),
                database.dialect().fold("tidemark_staging_" + settings.name().replace('-', '_')));
        if (staging.isEmpty()) {
            return 0;
        }
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("delete from " + staging.get().sql(database.dialect()));
        }
    }

    private int delete(Connection connection, String sql, String key) throws SQLException {
        try (var statement = database.prepare(connection, sql)) {
            return new Bind(statement).text(settings.name()).text(key).update();
        }
    }
}
