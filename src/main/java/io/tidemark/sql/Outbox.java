package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.Change;
import io.tidemark.change.Change.Attempt;
import io.tidemark.change.Change.Kind;
import io.tidemark.change.Change.State;
import io.tidemark.change.Conflict;
import io.tidemark.change.Meeting;
import io.tidemark.change.ThreeWay;
import io.tidemark.settings.StreamSettings.Brake.Share;
import io.tidemark.settings.StreamSettings.Deletes;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Writable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The local changes on their way out. Each method is one transaction, in which the stream's claim is held; a row is
 * locked before its change. What is sent is stored before it leaves, and confirmed only for what was sent. Safe for use by
 * many threads.
 */
public final class Outbox {
    private final Database database;
    private final StreamStore store;

    public Outbox(Database database, StreamStore store) {
        this.database = database;
        this.store = store;
    }

    /** The changes that can be sent now, the oldest edit first; none of a record that a job of the vendor's may yet write. */
    public List<Change> due(Target target, int most) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select * from ~tidemark_change
                    where stream = ? and state in ('pending', 'sending') and next_at <= current_timestamp
                      and (record_key is null or record_key not in (
                            select record_key from ~tidemark_change
                            where stream = ? and job is not null and record_key is not null))
                    order by id
                    fetch first ? rows only
                    """)) {
                String stream = target.settings().name();
                new Bind(select).text(stream).text(stream).number(most);
                return rows(target).all(select);
            }
        });
    }

    /** The changes that are part of a job of the vendor's which is to be asked about now, by job. */
    public Map<String, List<Change>> underWay(Target target) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select * from ~tidemark_change
                    where stream = ? and job in (
                        select job from ~tidemark_change where stream = ? and next_at <= current_timestamp)
                    order by id
                    """)) {
                String stream = target.settings().name();
                new Bind(select).text(stream).text(stream);
                return rows(target).all(select).stream()
                        .collect(Collectors.groupingBy(Outbox::job, LinkedHashMap::new, Collectors.toList()));
            }
        });
    }

    private static String job(Change change) {
        return change.attempt().flatMap(Attempt::job).orElseThrow();
    }

    /** When the vendor is to be asked about the next of its jobs; empty where there is none. */
    public Optional<Instant> nextAnswer(Target target) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select min(next_at) as next_at from ~tidemark_change where stream = ? and job is not null
                    """)) {
                new Bind(select).text(target.settings().name());
                try (var row = select.executeQuery()) {
                    row.next();
                    return Optional.ofNullable(Bind.time(row, "next_at"));
                }
            }
        });
    }

    /** What was sent for a change, by the export's field. */
    public Map<String, @Nullable String> sent(Target target, Change change) {
        return values(target).toFields(change.attempt().map(Attempt::values).orElse(Map.of()));
    }

    /** What was sent is part of a job of the vendor's, which is asked about at the given time. */
    public void partOf(Claim claim, Target target, List<Change> sent, String job, Instant ask) {
        database.inTransaction(connection -> {
            begin(connection, claim);
            ChangeRows rows = rows(target);
            for (Change each : sent) {
                Optional<Change> now = rows.find(connection, each.id());
                if (now.isPresent() && now.get().attempt().isPresent()) {
                    rows.write(connection, now.get().partOf(job, ask));
                }
            }
            return sent;
        });
    }

    /**
     * Stops a stream of which a great share was changed at once, until a person accepts it.
     *
     * @throws BrakeException if more of the table's rows wait than one round may send
     */
    public void brake(Claim claim, Target target) {
        if (!(target.settings().brake() instanceof Share share)) {
            return;
        }
        long waiting = database.inTransaction(connection -> number(connection, """
                select count(*) from ~tidemark_change where stream = ? and state in ('pending', 'sending')
                """, claim.stream()));
        if (waiting <= Share.NEVER_BELOW) {
            return;
        }
        String table = target.blueprint().table().sql(database.dialect());
        long live = database.inTransaction(connection ->
                number(connection, "select count(*) from " + table + " where tidemark_deleted_at is null", null));
        long limit = Math.max(Share.NEVER_BELOW, (long) (live * share.percent() / 100));
        if (waiting > limit && !store.outboundAccepted(claim, waiting)) {
            throw new BrakeException(
                    "stream " + claim.stream() + ": " + waiting + " local changes would go out, more than " + limit
                            + " at once for the " + live + " rows of table " + target.table()
                            + ". If that is right, run 'tidemark resume " + claim.stream() + " --accept'",
                    0,
                    0);
        }
    }

    private long number(Connection connection, String sql, @Nullable String stream) throws SQLException {
        try (var select = database.prepare(connection, sql)) {
            if (stream != null) {
                new Bind(select).text(stream);
            }
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The keys of records that were written and not seen since, in their order up to the given one, null for the first of all. */
    public List<String> toReadBack(Target target, @Nullable String upTo, int most) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select record_key from ~tidemark_change
                    where stream = ? and pins is not null and record_key is not null
                      and (cast(? as varchar(200)) is null or record_key <= ?)
                    order by record_key
                    fetch first ? rows only
                    """)) {
                new Bind(select)
                        .text(target.settings().name())
                        .text(upTo)
                        .text(upTo)
                        .number(most);
                return Database.texts(select);
            }
        });
    }

    /** Who this installation is, for ever; made up at the first call, once, whoever else asks at the same time. */
    public String installation() {
        return database.inTransaction(connection -> {
            Optional<String> known = installation(connection);
            if (known.isPresent()) {
                return known.get();
            }
            try (var lock =
                    database.prepare(connection, "select name from ~tidemark_stream order by name for update")) {
                lock.executeQuery().close();
            }
            Optional<String> meanwhile = installation(connection);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            String made = UUID.randomUUID().toString();
            try (var insert = database.prepare(connection, "insert into ~tidemark_installation (id) values (?)")) {
                new Bind(insert).text(made).update();
            }
            return made;
        });
    }

    private Optional<String> installation(Connection connection) throws SQLException {
        try (var select = database.prepare(connection, "select id from ~tidemark_installation order by id");
                var row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /**
     * What is to be sent for a change.
     *
     * @param change as it is stored, its attempt among it
     * @param values what goes out, by the export's field; of a deletion what the row held last, its key among it
     */
    public record Outgoing(Change change, Map<String, @Nullable String> values) {}

    /**
     * Meets the change with the record as it stands, and stores what is to be sent; empty where nothing is left to send.
     *
     * @param present the record's values by the export's field, empty where nobody looked
     */
    public Optional<Outgoing> prepare(
            Claim claim,
            Target target,
            Change seen,
            Optional<Map<String, @Nullable String>> present,
            ThreeWay way,
            Writable writable) {
        return database.asBridge(claim.stream(), connection -> {
            begin(connection, claim);
            Optional<Outgoing> outgoing = new Sending(target, connection, way, writable).prepare(seen, present);
            readBack(connection, claim, way);
            return outgoing;
        });
    }

    /**
     * What is to be sent for a change of a record that has to be brought back first.
     *
     * @param row what the record had last as far as is known here, by the export's field
     */
    public record Revival(Outgoing outgoing, Map<String, @Nullable String> row) {}

    /** Stores an edit of a record that is gone at the vendor as sent; empty where the record is not to be brought back. */
    public Optional<Revival> revive(Claim claim, Target target, Change seen, ThreeWay way, Writable writable) {
        return database.asBridge(claim.stream(), connection -> {
            begin(connection, claim);
            Optional<Revival> revival = new Sending(target, connection, way, writable).revive(seen);
            readBack(connection, claim, way);
            return revival;
        });
    }

    /**
     * The vendor confirmed what was sent.
     *
     * @param conflict what the vendor's answer tells besides, empty for nothing; recorded once, with the confirmation
     */
    public void confirmed(Claim claim, Target target, Change sent, ThreeWay way, Optional<Conflict> conflict) {
        database.asBridge(claim.stream(), connection -> {
            begin(connection, claim);
            var rows = new EditedRows(target, connection);
            boolean first = confirm(rows, connection, target, sent, way);
            String key = sent.key();
            if (first && conflict.isPresent() && key != null) {
                rows.changes().record(connection, key, conflict.get());
            }
            readBack(connection, claim, way);
            return sent;
        });
    }

    private void readBack(Connection connection, Claim claim, ThreeWay way) throws SQLException {
        store.readBack(connection, claim.stream(), way.now().plus(way.settleDelay()));
    }

    /**
     * The vendor created the record: its key is stored together with the confirmation.
     *
     * @param present what the record holds by the export's field, empty where nobody looked: what it lacks of what was sent
     *     is still to be sent
     */
    public void created(
            Claim claim,
            Target target,
            Change sent,
            String key,
            ThreeWay way,
            Optional<Map<String, @Nullable String>> present) {
        database.asBridge(claim.stream(), connection -> {
            begin(connection, claim);
            var rows = new EditedRows(target, connection);
            if (rows.lock(sent.rowId()).isPresent() && !name(rows, connection, sent, key)) {
                return sent;
            }
            setKey(connection, sent, key);
            Optional<Change> named = rows.changes().find(connection, sent.id());
            if (named.isPresent() && present.isPresent()) {
                rows.changes()
                        .write(
                                connection,
                                ThreeWay.arrived(named.get(), rows.values().ofFields(present.get())));
            }
            confirm(rows, connection, target, sent, way);
            readBack(connection, claim, way);
            return sent;
        });
    }

    /**
     * The vendor has the record that a creation named by some of its values, be it made or found: the rest of the row is
     * still to be sent. Without a key it waits for the export that brings the record.
     *
     * @param created what the vendor says of the record
     */
    public void matched(Claim claim, Target target, Change sent, Created created, ThreeWay way, Writable writable) {
        Optional<String> key = created.key();
        database.asBridge(claim.stream(), connection -> {
            begin(connection, claim);
            var rows = new EditedRows(target, connection);
            Optional<Map<String, @Nullable String>> local = rows.lock(sent.rowId());
            if (key.isPresent()) {
                if (local.isPresent() && !name(rows, connection, sent, key.get())) {
                    return sent;
                }
                setKey(connection, sent, key.get());
            }
            Optional<Change> found = rows.changes().find(connection, sent.id());
            if (found.filter(change -> change.attempt().isPresent()).isPresent()) {
                Meeting meeting = way.writing(rows.values().columnsOf(target.written(writable.fields())))
                        .named(
                                created.found() ? found.get().unsent() : found.get(),
                                local.orElse(Map.of()),
                                created.blank().map(Present.Found::values).map(rows.values()::ofFields));
                rows.write(sent.rowId(), key.orElse(""), found, meeting);
            }
            return sent;
        });
    }

    /** The record was created by a call whose answer was lost, and its row was deleted since: it is to be deleted there. */
    public void createdInVain(Claim claim, Target target, Change sent, String key) {
        database.inTransaction(connection -> {
            begin(connection, claim);
            Optional<Change> now = rows(target).find(connection, sent.id());
            if (now.isPresent()) {
                rows(target).write(connection, ended(now.get(), State.PENDING, null, 0, null));
                setKey(connection, sent, key);
            }
            return sent;
        });
    }

    /**
     * Gives the row its key; false where the key belongs to another row that was there before, or that somebody edited. What
     * an export brought of the created record is always the younger row.
     */
    private static boolean name(EditedRows rows, Connection connection, Change sent, String key) throws SQLException {
        Optional<Long> other = rows.otherWith(key, sent.rowId());
        if (other.isPresent()) {
            boolean older = other.get() < sent.rowId();
            if (older || rows.changes().ofRow(connection, other.get()).isPresent()) {
                rows.changes()
                        .record(
                                connection,
                                key,
                                new Conflict(
                                        Conflict.RECORD,
                                        null,
                                        "row " + sent.rowId(),
                                        "row " + other.get(),
                                        "duplicate of " + key,
                                        "dead letter",
                                        false));
                Optional<Change> now = rows.changes().find(connection, sent.id());
                if (now.isPresent()) {
                    rows.changes()
                            .write(connection, ended(now.get(), State.DEAD, "duplicate of the record " + key, 0, null));
                }
                return false;
            }
            rows.giveWay(other.get());
        }
        rows.name(sent.rowId(), key);
        return true;
    }

    private void setKey(Connection connection, Change sent, String key) throws SQLException {
        try (var update = database.prepare(connection, "update ~tidemark_change set record_key = ? where id = ?")) {
            new Bind(update).text(key).number(sent.id()).update();
        }
    }

    /** Whether it was not confirmed before. */
    private static boolean confirm(EditedRows rows, Connection connection, Target target, Change sent, ThreeWay way)
            throws SQLException {
        Optional<Map<String, @Nullable String>> local = rows.lock(sent.rowId());
        Optional<Change> found = rows.changes().find(connection, sent.id());
        if (found.isEmpty() || found.get().attempt().isEmpty()) {
            return false;
        }
        Change change = found.get();
        boolean shown = target.settings().direction() == Direction.BOTH;
        if (change.kind() == Kind.DELETE && sent.kind() == Kind.DELETE) {
            if (shown && target.settings().deletes() == Deletes.IGNORE) {
                Instant settled = way.now().plus(way.settleDelay());
                rows.changes().write(connection, change.settledDeletion(settled));
            } else if (shown) {
                rows.changes().write(connection, way.deleted(change));
            } else {
                rows.changes().delete(connection, change.id());
            }
            return true;
        }
        if (sent.kind() == Kind.DELETE) {
            rows.changes()
                    .write(
                            connection,
                            ended(
                                    change,
                                    State.DEAD,
                                    Change.RECORD_GONE + "its deletion was sent before the row was inserted again",
                                    0,
                                    null));
            return true;
        }
        Change settled = way.confirmed(change, local.orElse(Map.of()));
        if (settled.state() == State.PINNED && !shown) {
            rows.changes().delete(connection, change.id());
            rows.set(change.rowId(), Map.of(), true);
        } else {
            rows.changes().write(connection, settled);
        }
        if (change.key() != null && change.version() == sent.version()) {
            rows.changes().resolve(connection, change.key(), "sent");
        }
        return true;
    }

    /** The vendor will not take it: a person decides. */
    public void dead(Claim claim, Target target, Change sent, String reason) {
        end(claim, target, sent, State.DEAD, reason, null);
    }

    /** Nobody can tell whether the record was created: a person looks. What was sent stays known until then. */
    public void parked(Claim claim, Target target, Change sent, String reason) {
        database.inTransaction(connection -> {
            begin(connection, claim);
            ChangeRows rows = rows(target);
            Optional<Change> now = rows.find(connection, sent.id());
            if (now.isPresent()) {
                Change change = now.get();
                rows.write(connection, ended(change, State.DEAD, reason, 0, change.nextAt()));
            }
            return sent;
        });
    }

    /** It is tried again; what was sent stays known, as nobody knows whether it arrived. */
    public void later(Claim claim, Target target, Change sent, String reason, Instant nextTry) {
        end(claim, target, sent, null, reason, nextTry);
    }

    /** It never left: what was stored as sent was not, and it is tried again. */
    public void unsent(Claim claim, Target target, Change sent, String reason, Instant nextTry) {
        database.inTransaction(connection -> {
            begin(connection, claim);
            ChangeRows rows = rows(target);
            Optional<Change> now = rows.find(connection, sent.id());
            if (now.isPresent() && now.get().state() == State.SENDING) {
                rows.write(connection, now.get().unsent(nextTry, reason));
            }
            return sent;
        });
    }

    /** The record is gone at the vendor. */
    public void gone(Claim claim, Target target, Change sent, String words) {
        database.asBridge(claim.stream(), connection -> {
            begin(connection, claim);
            var rows = new EditedRows(target, connection);
            boolean there = rows.lock(sent.rowId()).isPresent();
            Optional<Change> now = rows.changes().find(connection, sent.id());
            if (now.isEmpty()) {
                return sent;
            }
            if (now.get().kind() == Kind.DELETE) {
                rows.changes().delete(connection, sent.id());
            } else {
                rows.changes().write(connection, ended(now.get(), State.DEAD, Change.RECORD_GONE + words, 0, null));
            }
            if (there && target.settings().deletes() == Deletes.MARK) {
                rows.markDeleted(sent.rowId());
            }
            return sent;
        });
    }

    private void end(
            Claim claim, Target target, Change sent, @Nullable State state, String reason, @Nullable Instant nextTry) {
        database.inTransaction(connection -> {
            begin(connection, claim);
            ChangeRows rows = rows(target);
            Optional<Change> now = rows.find(connection, sent.id());
            if (now.isPresent()) {
                Change change = now.get();
                boolean edited = state == State.DEAD && change.version() != sent.version();
                State next = state == null ? change.state() : edited ? State.PENDING : state;
                int attempts = nextTry == null ? 0 : change.attempts() + 1;
                rows.write(connection, ended(change, next, reason, attempts, nextTry));
            }
            return sent;
        });
    }

    /** A change after a try: what was sent is no longer under way unless it is to be tried again. */
    private static Change ended(
            Change change, State state, @Nullable String reason, int attempts, @Nullable Instant nextTry) {
        return new Change(
                change.id(),
                change.rowId(),
                change.key(),
                change.kind(),
                state,
                change.version(),
                change.changedAt(),
                change.base(),
                nextTry == null ? Optional.empty() : change.attempt().map(Attempt::alone),
                change.pins(),
                attempts,
                nextTry == null ? change.nextAt() : nextTry,
                reason);
    }

    /** A row that somebody keeps locked must hold up neither the other changes nor the claims. */
    private void begin(Connection connection, Claim claim) throws SQLException {
        Database.run(connection, database.dialect().settleSettings());
        store.hold(connection, claim);
    }

    private ChangeRows rows(Target target) {
        return new ChangeRows(database, target.settings().name(), values(target));
    }

    private static Values values(Target target) {
        return new Values(target.blueprint().columns(), target.zone());
    }

    /** One change on its way into a request. */
    private static final class Sending {
        private final Target target;
        private final Connection connection;
        private final ThreeWay way;
        private final Passage passage;
        private final EditedRows rows;

        Sending(Target target, Connection connection, ThreeWay way, Writable writable) {
            this.target = target;
            this.connection = connection;
            this.passage = new Passage(writable, target.settings().write());
            this.rows = new EditedRows(target, connection);
            this.way = way.writing(rows.values().columnsOf(target.written(writable.fields())));
        }

        Optional<Outgoing> prepare(Change seen, Optional<Map<String, @Nullable String>> present) throws SQLException {
            Optional<Map<String, @Nullable String>> local = rows.lock(seen.rowId());
            Optional<Change> found = rows.changes().find(connection, seen.id());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Change change = found.get();
            if (!toSend(change)) {
                return Optional.empty();
            }
            if (change.kind() == Kind.DELETE) {
                return deletion(change, present);
            }
            if (local.isEmpty()) {
                dead(change, "its row is gone, and no deletion was noted");
                return Optional.empty();
            }
            return edit(change, local.get(), present);
        }

        Optional<Revival> revive(Change seen) throws SQLException {
            Optional<Map<String, @Nullable String>> local = rows.lock(seen.rowId());
            Optional<Change> found = rows.changes().find(connection, seen.id());
            if (local.isEmpty() || found.isEmpty() || found.get().kind() == Kind.DELETE || !toSend(found.get())) {
                return Optional.empty();
            }
            Change change = ThreeWay.withoutReverts(found.get(), local.get());
            Meeting meeting = way.meetRemoteDeletion(change, local.get());
            Optional<Change> left = meeting.change().filter(Sending::toSend).filter(ThreeWay::revived);
            if (left.isEmpty()) {
                return Optional.empty();
            }
            rows.write(seen.rowId(), requireNonNull(seen.key()), found, meeting);
            Map<String, @Nullable String> last = new LinkedHashMap<>(local.get());
            last.putAll(left.get().base());
            return update(left.get(), local.get())
                    .map(outgoing -> new Revival(outgoing, rows.values().toFields(last)));
        }

        private static boolean toSend(Change change) {
            return change.state() == State.PENDING || change.state() == State.SENDING;
        }

        private Optional<Outgoing> deletion(Change change, Optional<Map<String, @Nullable String>> present)
                throws SQLException {
            String key = change.key();
            if (key == null) {
                rows.changes().delete(connection, change.id());
                return Optional.empty();
            }
            boolean propagate = target.settings().outboundDeletes() == OutboundDeletes.PROPAGATE;
            if (!propagate) {
                rows.changes().write(connection, ended(change, State.PINNED, null, 0, null));
                return Optional.empty();
            }
            Optional<String> undeletable = passage.undeletable();
            if (undeletable.isPresent()) {
                dead(change, undeletable.get());
                return Optional.empty();
            }
            if (present.isPresent()) {
                Meeting meeting = way.meetDeletion(change, seen(change, Map.of(), present.get()), true);
                rows.write(change.rowId(), key, Optional.of(change), meeting);
                if (meeting.change().filter(Sending::toSend).isEmpty()) {
                    return Optional.empty();
                }
                change = meeting.change().get();
            }
            Map<String, @Nullable String> last = new LinkedHashMap<>(change.base());
            last.put(target.key().name(), key);
            return Optional.of(
                    new Outgoing(send(change, Map.of()).change(), rows.values().toFields(last)));
        }

        private Optional<Outgoing> edit(
                Change change, Map<String, @Nullable String> before, Optional<Map<String, @Nullable String>> present)
                throws SQLException {
            Map<String, @Nullable String> local = before;
            String key = change.key();
            if (present.isPresent() && key != null) {
                Meeting meeting = way.meet(change, local, seen(change, local, present.get()));
                rows.write(change.rowId(), key, Optional.of(change), meeting);
                if (meeting.change().isEmpty()) {
                    return Optional.empty();
                }
                change = meeting.change().get();
                local = new LinkedHashMap<>(local);
                local.putAll(meeting.row());
            }
            Change left = ThreeWay.withoutReverts(change, local);
            if (left.kind() == Kind.UPDATE && left.base().isEmpty()) {
                return nothingLeft(left);
            }
            if (!left.equals(change)) {
                rows.changes().write(connection, left);
            }
            if (!toSend(left)) {
                return Optional.empty();
            }
            return key == null ? creation(left, local) : update(left, local);
        }

        /** What a look showed, by column. */
        private Map<String, @Nullable String> seen(
                Change change, Map<String, @Nullable String> local, Map<String, @Nullable String> present) {
            Map<String, @Nullable String> held = new LinkedHashMap<>(local);
            held.putAll(change.base());
            return passage.seen(rows.values(), held, rows.values().ofFields(present));
        }

        private Optional<Outgoing> nothingLeft(Change left) throws SQLException {
            if (left.pins().isEmpty()) {
                rows.changes().delete(connection, left.id());
                rows.set(left.rowId(), Map.of(), true);
            } else {
                rows.changes().write(connection, ended(left, State.PINNED, null, 0, null));
            }
            return Optional.empty();
        }

        private Optional<Outgoing> update(Change change, Map<String, @Nullable String> local) throws SQLException {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            var refused = new ArrayList<String>();
            for (TargetColumn column : rows.values().columns()) {
                if (!edited(change, column)) {
                    continue;
                }
                @Nullable String value = local.get(column.name());
                passage.refusal(column.field(), value)
                        .ifPresentOrElse(refused::add, () -> values.put(column.name(), value));
            }
            if (values.isEmpty()) {
                dead(change, String.join("; ", refused));
                return Optional.empty();
            }
            return Optional.of(send(change, values));
        }

        /** What is local about a record that was inserted with its key is every value it has. */
        private static boolean edited(Change change, TargetColumn column) {
            return !column.key() && change.base().containsKey(column.name());
        }

        /** Columns that are empty count as sent, too: one that is filled meanwhile is an edit on top of it. */
        private Optional<Outgoing> creation(Change change, Map<String, @Nullable String> local) throws SQLException {
            Optional<String> uncreatable = passage.uncreatable(change, target.settings());
            if (uncreatable.isPresent()) {
                dead(change, uncreatable.get());
                return Optional.empty();
            }
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (TargetColumn column : rows.values().columns()) {
                if (!column.key() && passage.creates(column.field())) {
                    values.put(column.name(), local.get(column.name()));
                }
            }
            Outgoing all = send(change, values);
            Map<String, @Nullable String> filled = new LinkedHashMap<>(all.values());
            filled.values().removeIf(Objects::isNull);
            return Optional.of(new Outgoing(all.change(), filled));
        }

        private void dead(Change change, String reason) throws SQLException {
            rows.changes().write(connection, ended(change, State.DEAD, reason, 0, null));
        }

        private Outgoing send(Change change, Map<String, @Nullable String> values) throws SQLException {
            var sending = new Change(
                    change.id(),
                    change.rowId(),
                    change.key(),
                    change.kind(),
                    State.SENDING,
                    change.version(),
                    change.changedAt(),
                    change.base(),
                    Optional.of(new Attempt(values, change.version(), Database.now(connection))),
                    change.pins(),
                    change.attempts(),
                    change.nextAt(),
                    change.reason());
            rows.changes().write(connection, sending);
            return new Outgoing(sending, rows.values().toFields(values));
        }
    }
}
