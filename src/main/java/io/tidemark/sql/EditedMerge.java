package io.tidemark.sql;

import io.tidemark.change.Change;
import io.tidemark.change.Judge;
import io.tidemark.change.Meeting;
import io.tidemark.change.Meeting.Fate;
import io.tidemark.change.ThreeWay;
import io.tidemark.change.ThreeWay.Sight;
import io.tidemark.settings.StreamSettings.Deletes;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a merge that meets local edits: staged rows whose row here was edited, deleted, or never known to agree. The
 * statements for all other rows leave these alone by a condition in the row itself, so an edit that commits while they
 * wait is not overwritten; here each is locked, then compared with its change, one by one.
 */
final class EditedMerge {
    private final Connection connection;
    private final Target target;
    private final MergeStatements statements;
    private final Arrival arrival;
    private final Values staged;
    private final EditedRows rows;
    private long updated;
    private long returned;
    private long deleted;

    EditedMerge(
            Connection connection,
            Target target,
            List<TargetColumn> columns,
            MergeStatements statements,
            Arrival arrival) {
        this.connection = connection;
        this.target = target;
        this.statements = statements;
        this.arrival = arrival;
        this.staged = new Values(columns, target.zone());
        this.rows = new EditedRows(target, connection);
    }

    /** The outbox as far as it is this stream's, as a table expression. */
    static String changesOf(Target target) {
        return target.database().own("(select * from ~tidemark_change where stream = '")
                + target.settings().name() + "')";
    }

    /** Before the other rows are written: rows without a history of their own that agree anyway are done. */
    void prepare() throws SQLException {
        match();
        forgetDeletions();
        if (arrival.reconciles().isPresent()) {
            try (var update = connection.prepareStatement(statements.doubt())) {
                update.setObject(1, arrival.reconciles().get().atOffset(ZoneOffset.UTC));
                update.executeUpdate();
            }
        }
        try (var statement = connection.createStatement()) {
            statement.executeLargeUpdate(statements.agree(changesOf(target)));
        }
    }

    /**
     * Where no export shows what was deleted at the vendor, a confirmed deletion is remembered until an export comes that was
     * asked for later: older ones may still have the record.
     */
    private void forgetDeletions() throws SQLException {
        boolean unseen = target.settings().deletes() == Deletes.IGNORE
                && target.settings().outboundDeletes() == OutboundDeletes.PROPAGATE;
        if (!unseen || arrival.requestedAt().isEmpty()) {
            return;
        }
        try (var delete = target.database().prepare(connection, """
                delete from ~tidemark_change
                where stream = ? and kind = 'delete' and state = 'pinned' and pins is null and next_at <= ?
                """)) {
            new Bind(delete)
                    .text(target.settings().name())
                    .time(arrival.requestedAt().get())
                    .update();
        }
    }

    /** Rows that have no key yet get that of the record they are, by the stream's {@code match}. */
    private void match() throws SQLException {
        List<String> fields = target.settings().match();
        List<TargetColumn> same = staged.columns().stream()
                .filter(column -> fields.contains(column.field()))
                .toList();
        if (fields.isEmpty() || same.size() < fields.size()) {
            return;
        }
        try (var statement = connection.createStatement()) {
            if (statement.executeLargeUpdate(statements.match(same, changesOf(target))) == 0) {
                return;
            }
        }
        try (var update = connection.prepareStatement(
                statements.nameMatched(target.database().own("~tidemark_change")))) {
            update.setString(1, target.settings().name());
            update.executeUpdate();
        }
    }

    void run() throws SQLException {
        Instant now = Database.now(connection);
        for (Deleted one : deletedHere()) {
            meetDeleted(one, now);
        }
        for (long rowId : edited()) {
            meet(rowId, now);
        }
        if (arrival.settleDelay().isPresent()) {
            missed(statements.missing(changesOf(target)), now);
        }
    }

    /** An export without a file meets the edits. */
    static void ofNothing(Connection connection, Target target, Arrival arrival) throws SQLException {
        if (target.captured()) {
            var statements = new MergeStatements(
                    target.database().dialect(),
                    target.blueprint().table(),
                    target.blueprint().table(),
                    List.of());
            new EditedMerge(connection, target, List.of(), statements, arrival).runEmpty();
        }
    }

    /** Like {@link #run}, of an export without a single row. */
    void runEmpty() throws SQLException {
        forgetDeletions();
        if (arrival.settleDelay().isPresent()) {
            missed(
                    "select row_id from " + changesOf(target) + " c where pins is not null and record_key is not null",
                    Database.now(connection));
        }
    }

    /** Records that were written and that their read-back lacks. */
    private void missed(String query, Instant now) throws SQLException {
        for (long rowId : ids(query)) {
            rows.lock(rowId);
            Optional<Change> change = rows.changes().ofRow(connection, rowId);
            if (change.isPresent()) {
                rows.leave(change.get(), way(Optional.empty(), now).missing(change.get()));
            }
        }
    }

    private List<Long> edited() throws SQLException {
        return ids(statements.edited());
    }

    private List<Long> ids(String query) throws SQLException {
        var ids = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    private void meet(long rowId, Instant now) throws SQLException {
        Optional<Map<String, @Nullable String>> local = rows.lock(rowId);
        Optional<Remote> found = staged(rowId);
        if (local.isEmpty() || found.isEmpty()) {
            return;
        }
        Remote remote = found.get();
        Optional<Change> change = rows.changes().ofRow(connection, rowId);
        ThreeWay way = way(remote.changedAt(), now);
        Meeting meeting;
        if (remote.deleted()) {
            meeting = change.map(edit -> way.meetRemoteDeletion(edit, local.get()))
                    .orElseGet(() -> new Meeting(Map.of(), Fate.GOES, Optional.empty(), List.of()));
        } else {
            meeting = change.map(edit -> way.meet(edit, local.get(), remote.values()))
                    .orElseGet(() -> way.meetUnknown(rowId, remote.key(), local.get(), remote.values()));
        }
        if (!remote.deleted()) {
            rows.markAlive(rowId);
        }
        if (rows.write(rowId, remote.key(), change, meeting)) {
            if (meeting.fate() == Fate.GOES) {
                deleted++;
            } else {
                updated++;
            }
        }
    }

    private Optional<Remote> staged(long rowId) throws SQLException {
        try (var select = connection.prepareStatement(statements.stagedOf())) {
            select.setLong(1, rowId);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(remote(row, 1)) : Optional.empty();
            }
        }
    }

    private Remote remote(ResultSet row, int first) throws SQLException {
        var changedAt = row.getObject(first + 1, java.time.OffsetDateTime.class);
        Map<String, @Nullable String> values = staged.read(row, first + 3);
        staged.columns().stream().filter(TargetColumn::key).forEach(column -> values.remove(column.name()));
        return new Remote(
                row.getBoolean(first),
                changedAt == null ? Optional.empty() : Optional.of(changedAt.toInstant()),
                row.getString(first + 2),
                values);
    }

    private List<Deleted> deletedHere() throws SQLException {
        var all = new ArrayList<Deleted>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(statements.stagedOfDeleted(changesOf(target)))) {
            while (row.next()) {
                all.add(new Deleted(row.getLong(1), remote(row, 2)));
            }
        }
        return all;
    }

    private void meetDeleted(Deleted one, Instant now) throws SQLException {
        Optional<Change> found = rows.changes().find(connection, one.changeId());
        if (found.isEmpty() || found.get().kind() != Change.Kind.DELETE) {
            return;
        }
        Change change = found.get();
        Remote remote = one.remote();
        ThreeWay way = way(remote.changedAt(), now);
        boolean propagate = target.settings().outboundDeletes() == OutboundDeletes.PROPAGATE;
        Meeting meeting = remote.deleted()
                ? way.meetRemoteDeletion(change, Map.of())
                : way.meetDeletion(change, remote.values(), propagate);
        if (rows.write(change.rowId(), remote.key(), found, meeting)) {
            returned++;
        }
    }

    private ThreeWay way(Optional<Instant> changedAt, Instant now) {
        Optional<Instant> capped =
                changedAt.map(at -> arrival.end().filter(at::isAfter).orElse(at));
        var judge = new Judge(target.settings().conflict(), capped, arrival.ahead());
        var way = new ThreeWay(
                        judge,
                        now,
                        arrival.settleDelay().isPresent() ? Sight.READ_BACK : Sight.EXPORT,
                        arrival.settleDelay().orElse(Duration.ZERO))
                .undeleting(arrival.undeletes());
        return arrival.writable()
                .map(fields -> way.writing(rows.values().columnsOf(fields)))
                .orElse(way);
    }

    long updated() {
        return updated;
    }

    /** Rows that were deleted here and came back. */
    long returned() {
        return returned;
    }

    long deleted() {
        return deleted;
    }

    /** A staged row. */
    private record Remote(
            boolean deleted, Optional<Instant> changedAt, String key, Map<String, @Nullable String> values) {}

    /** A staged row whose record was deleted here. */
    private record Deleted(long changeId, Remote remote) {}
}
