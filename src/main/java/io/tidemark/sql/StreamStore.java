package io.tidemark.sql;

import io.tidemark.sql.Claim.Outward;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import io.tidemark.stream.StreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The streams' durable state, and the claims on it. Each method is one transaction unless it takes a connection. Safe
 * for use by many threads and, through the database, by many processes.
 */
public final class StreamStore {
    /** Of a stream that may take steps, and whose source may be called. */
    private static final String RUNNING = """
              and state = 'running'
              and not exists (select 1 from ~tidemark_source o
                              where o.name = source and o.not_before > current_timestamp)
            """;

    /** So often a row is waited for that somebody keeps locked, where the database itself does not wait for long. */
    private static final int PATIENCE = 30;

    private static final String RECONCILED = "update ~tidemark_stream set reconcile = false where name = ?";

    private final Database database;

    public StreamStore(Database database) {
        this.database = database;
    }

    /** Where it keeps what it knows. */
    public Database database() {
        return database;
    }

    /**
     * The query for the steps that can be taken now: {@code name} and {@code source}, the longest waiting first. Written
     * for a route to read by.
     */
    public String dueSteps() {
        return database.own("""
                select s.name as "name", s.source as "source"
                from ~tidemark_stream s left join ~tidemark_source o on o.name = s.source
                where s.state = 'running'
                  and (s.next_at <= current_timestamp
                       and (s.cycle_id is not null or s.due_at <= current_timestamp
                            or s.read_back_at <= current_timestamp)
                    or s.outbound_due_at <= current_timestamp and s.last_success_at is not null
                       and (s.next_at <= current_timestamp or s.failures + s.lost_jobs = 0))
                  and (s.claim_until is null or s.claim_until < current_timestamp)
                  and (o.not_before is null or o.not_before <= current_timestamp)
                order by s.next_at
                """).replaceAll("\\s+", " ").trim();
    }

    /** Makes a stream known, due at once; returns whether it was new. */
    public boolean register(String name, String source) {
        return database.inTransaction(connection -> {
            try (var insert = database.prepare(connection, """
                    insert into ~tidemark_stream
                        (name, source, state, step, due_at, next_at, resync, polls, failures, lost_jobs)
                    select cast(? as varchar(31)), cast(? as varchar(31)), 'running', 'idle',
                           current_timestamp, current_timestamp, false, 0, 0, 0
                    where not exists (select 1 from ~tidemark_stream where name = ?)
                    """)) {
                boolean added =
                        new Bind(insert).text(name).text(source).text(name).update() == 1;
                if (!added) {
                    moveToSource(connection, name, source);
                }
                return added;
            }
        });
    }

    /**
     * Makes a stream known as a rehearsal starts from it; for a store of its own.
     *
     * @param known the state elsewhere
     */
    public void rehearse(StreamState known) {
        register(known.name(), known.source());
        Claim claim = take(known.name(), "rehearsal", Duration.ofMinutes(1)).orElseThrow();
        database.inTransaction(connection -> {
            long cycle = known.flight().isEmpty()
                    ? 0
                    : insertCycle(
                            connection,
                            known.name(),
                            known.inFlight().kind(),
                            known.inFlight().from(),
                            known.inFlight().to());
            save(connection, claim, known.rehearsed(cycle, claim.takenAt()), null);
            return cycle;
        });
    }

    private void moveToSource(Connection connection, String name, String source) throws SQLException {
        try (var update =
                database.prepare(connection, "update ~tidemark_stream set source = ? where name = ? and source <> ?")) {
            new Bind(update).text(source).text(name).text(source).update();
        }
    }

    /** Remembers that a cycle is wanted. Any number of wishes before the next cycle are one. */
    public void due(String name) {
        update("""
                update ~tidemark_stream set due_at = coalesce(due_at, current_timestamp) where name = ?
                """, name);
    }

    /** Like {@link #due}, and what failed before counts no more and is not waited for: a person asked. */
    public void dueNow(String name) {
        update("""
                update ~tidemark_stream
                set due_at = coalesce(due_at, current_timestamp),
                    next_at = case when failures + lost_jobs > 0 or job_id is null then current_timestamp else next_at end,
                    failures = 0, lost_jobs = 0
                where name = ?
                """, name);
    }

    /** What failed before counts no more and is not waited for: a person asked. No other cycle is wanted by that. */
    public void goOnNow(String name) {
        update("""
                update ~tidemark_stream
                set next_at = case when failures + lost_jobs > 0 or job_id is null then current_timestamp else next_at end,
                    failures = 0, lost_jobs = 0
                where name = ?
                """, name);
    }

    /** Stops a stream's steps until {@link #resume}; a step that is being taken is finished. */
    public boolean pause(String name) {
        return update("update ~tidemark_stream set state = 'paused', state_reason = null where name = ?", name);
    }

    /** Lets a stream go on, due at once. */
    public boolean resume(String name) {
        return update("""
                update ~tidemark_stream
                set state = 'running', state_reason = null, accepted = null, mismatch = null, failures = 0, lost_jobs = 0,
                    due_at = coalesce(due_at, current_timestamp), next_at = current_timestamp
                where name = ?
                """, name);
    }

    /** Goes on and lets what stopped the stream pass: once, what its brake counted, or another database or account. */
    public boolean accept(String name) {
        return update("""
                update ~tidemark_stream
                set state = 'running', state_reason = null, failures = 0, lost_jobs = 0,
                    outbound_accepted = abs(outbound_accepted),
                    database_identity = case when state = 'stopped' then null else database_identity end,
                    account_identity = case when state = 'stopped' then null else account_identity end,
                    due_at = coalesce(due_at, current_timestamp), next_at = current_timestamp
                where name = ?
                """, name);
    }

    /** The next cycle starts from the whole reach. */
    public boolean resync(String name) {
        return update("""
                update ~tidemark_stream set resync = true, due_at = coalesce(due_at, current_timestamp) where name = ?
                """, name);
    }

    /** The next cycle compares everything within reach. */
    public void reconcile(String name) {
        update("""
                update ~tidemark_stream set reconcile = true, due_at = coalesce(due_at, current_timestamp) where name = ?
                """, name);
    }

    /** There is nothing more to compare. */
    public void reconciled(String name) {
        update(RECONCILED, name);
    }

    /** Keeps every stream of the source from calling before the given time; a longer wait stays. */
    public void holdSource(String source, Instant notBefore, String reason) {
        database.inTransaction(connection -> {
            try (var update = database.prepare(connection, """
                    update ~tidemark_source set not_before = greatest(not_before, ?), reason = ? where name = ?
                    """)) {
                if (new Bind(update).time(notBefore).text(reason).text(source).update() == 1) {
                    return true;
                }
            }
            try (var insert = database.prepare(
                    connection, "insert into ~tidemark_source (name, not_before, reason) values (?, ?, ?)")) {
                return new Bind(insert)
                                .text(source)
                                .time(notBefore)
                                .text(reason)
                                .update()
                        == 1;
            }
        });
    }

    /** The sources that are not called now, each with until when and why. */
    public Map<String, String> heldSources() {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                            select name, not_before, reason from ~tidemark_source
                            where not_before > current_timestamp and reason is not null
                            """);
                    var row = select.executeQuery()) {
                var held = new HashMap<String, String>();
                while (row.next()) {
                    held.put(
                            row.getString("name"),
                            "source " + row.getString("name") + " is not called before " + Bind.time(row, "not_before")
                                    + ": " + row.getString("reason"));
                }
                return held;
            }
        });
    }

    /**
     * Claims a stream's next step, if it is due, nobody else holds it, and its source may be called.
     *
     * @param holder who asks, for people to read
     * @param lease how long the claim holds without being renewed
     */
    public Optional<Claim> claim(String name, String holder, Duration lease) {
        return database.inTransaction(connection -> {
            Optional<Claim> claimed = claim(connection, name, holder, lease, RUNNING + """
                      and (next_at <= current_timestamp
                           and (cycle_id is not null or due_at <= current_timestamp
                                or read_back_at <= current_timestamp)
                        or outbound_due_at <= current_timestamp and last_success_at is not null
                           and (next_at <= current_timestamp or failures + lost_jobs = 0))
                    """);
            return claimed.isEmpty() ? claimed : Optional.of(claimed.get().with(outward(connection, name)));
        });
    }

    /** Claims a stream that nobody holds, if the further condition holds, too. */
    private Optional<Claim> claim(Connection connection, String name, String holder, Duration lease, String condition)
            throws SQLException {
        Instant now = Database.now(connection);
        long token = nextToken(connection);
        try (var update = database.prepare(connection, """
                update ~tidemark_stream
                set claim_token = ?, claim_holder = ?, claim_until = ?
                where name = ? and (claim_until is null or claim_until < current_timestamp)
                """ + condition)) {
            int claimed = new Bind(update)
                    .number(token)
                    .text(holder)
                    .time(now.plus(lease))
                    .text(name)
                    .update();
            return claimed == 0
                    ? Optional.empty()
                    : read(connection, name).map(row -> new Claim(token, row, now, Outward.NOTHING));
        }
    }

    /** What the way back wants; it takes turns with the cycle's steps by who has waited longer. */
    private Outward outward(Connection connection, String name) throws SQLException {
        try (var select = database.prepare(connection, """
                select outbound_due_at <= current_timestamp and last_success_at is not null
                         and (next_at > outbound_due_at
                              or next_at > current_timestamp
                              or cycle_id is null and (due_at is null or due_at > current_timestamp)
                                 and (read_back_at is null or read_back_at > current_timestamp)),
                       read_back_at <= current_timestamp
                         and (due_at is null or due_at > current_timestamp or read_back_at < due_at),
                       exists (select 1 from ~tidemark_change c
                               where c.stream = ? and c.state = 'sending' and c.record_key is null),
                       reconcile, outbound_due_at as wished
                from ~tidemark_stream
                where name = ?
                """)) {
            new Bind(select).text(name).text(name);
            try (var row = select.executeQuery()) {
                row.next();
                return new Outward(
                        row.getBoolean(1),
                        Bind.time(row, "wished"),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getBoolean(4));
            }
        }
    }

    /**
     * Remembers that local changes are to go out. Any number of wishes before the next round are one; one that is made
     * while a step is being taken is later than any that the step knows of.
     */
    public void outboundDue(String name) {
        update("""
                update ~tidemark_stream
                set outbound_due_at = case
                        when claim_until is null and outbound_due_at <= current_timestamp then outbound_due_at
                        else current_timestamp end
                where name = ?
                """, name);
    }

    /**
     * Ends a round of writing and gives the claim back.
     *
     * @param next the stream's state
     * @param again when the next round is due; null for when the schedule wants it. A wish that was made during the round
     *     stays
     * @return whether such a wish was made
     * @throws ClaimLostException if the claim is no longer held; then nothing is stored
     */
    public boolean wrote(Claim claim, StreamState next, @Nullable Instant again) {
        return database.inTransaction(connection -> {
            hold(connection, claim);
            try (var update = database.prepare(connection, """
                    update ~tidemark_stream
                    set outbound_due_at = ?, outbound_accepted = case when ? then outbound_accepted end
                    where name = ?
                    """)) {
                Instant wished = outward(connection, claim.stream()).wished();
                boolean meanwhile =
                        wished != null && !wished.equals(claim.outward().wished());
                new Bind(update)
                        .time(meanwhile ? wished : again)
                        .flag(again != null)
                        .text(claim.stream())
                        .update();
                write(connection, claim, next, false);
                return meanwhile;
            }
        });
    }

    /** When the first creation in doubt can be looked up again; empty where none is. */
    public Optional<Instant> doubtUntil(String name) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select min(next_at) as next_at from ~tidemark_change
                    where stream = ? and state = 'sending' and record_key is null
                    """)) {
                new Bind(select).text(name);
                try (var row = select.executeQuery()) {
                    row.next();
                    return Optional.ofNullable(Bind.time(row, "next_at"));
                }
            }
        });
    }

    /** Whether a person accepted so many changes in a round; where not, the number is what is to be accepted. */
    boolean outboundAccepted(Claim claim, long changes) {
        return database.inTransaction(connection -> {
            try (var update = database.prepare(connection, """
                    update ~tidemark_stream set outbound_accepted = ?
                    where name = ? and claim_token = ? and (outbound_accepted is null or outbound_accepted < ?)
                    """)) {
                return new Bind(update)
                                .number(-changes)
                                .text(claim.stream())
                                .number(claim.token())
                                .number(changes)
                                .update()
                        == 0;
            }
        });
    }

    /** There is nothing to read back any more. */
    public void nothingToReadBack(Claim claim) {
        database.inTransaction(connection -> {
            run(connection, "update ~tidemark_stream set read_back_at = null where name = ?", claim.stream());
            write(connection, claim, claim.state(), false);
            return claim;
        });
    }

    /**
     * Wants the stream's pinned records, if there are any, read back: at the given time unless they already are to be. Part
     * of the transaction that pins, so that no pin is ever left alone.
     */
    void readBack(Connection connection, String name, Instant at) throws SQLException {
        try (var update = database.prepare(connection, """
                update ~tidemark_stream set read_back_at = ?
                where name = ? and read_back_at is null
                  and exists (select 1 from ~tidemark_change c where c.stream = ? and c.pins is not null)
                """)) {
            new Bind(update).time(at).text(name).text(name).update();
        }
    }

    /** Wants the stream's pinned records read back no earlier than the given time, as long as there are any. */
    void readBackAgain(Connection connection, String name, Instant at) throws SQLException {
        try (var update = database.prepare(connection, """
                update ~tidemark_stream
                set read_back_at = case when exists (
                        select 1 from ~tidemark_change c where c.stream = ? and c.pins is not null) then ? end
                where name = ?
                """)) {
            new Bind(update).text(name).time(at).text(name).update();
        }
    }

    /**
     * Claims a stream for work beside its steps, whatever its state, unless somebody holds it.
     *
     * @param holder who asks, for people to read
     * @param lease how long the claim holds without being renewed
     */
    public Optional<Claim> take(String name, String holder, Duration lease) {
        return database.inTransaction(connection -> claim(connection, name, holder, lease, ""));
    }

    /**
     * Claims a running stream for a round of writing, whatever else is due, unless somebody holds it or its source asked
     * everybody to wait.
     *
     * @param holder who asks, for people to read
     * @param lease how long the claim holds without being renewed
     */
    public Optional<Claim> takeToWrite(String name, String holder, Duration lease) {
        return database.inTransaction(connection -> {
            Optional<Claim> claimed = claim(connection, name, holder, lease, RUNNING);
            return claimed.isEmpty()
                    ? claimed
                    : Optional.of(claimed.get().with(outward(connection, name).asked()));
        });
    }

    private long nextToken(Connection connection) throws SQLException {
        try (var next = database.prepare(connection, database.dialect().nextClaim());
                var row = next.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Holds a claim for another lease; returns false when it is lost. One whose row a commit keeps locked is not lost. */
    public boolean renew(long token, Duration lease) {
        try {
            return renewed(token, lease);
        } catch (DatabaseException busy) {
            if (!busy.lockedOut()) {
                throw busy;
            }
            return true;
        }
    }

    private boolean renewed(long token, Duration lease) {
        return database.inTransaction(connection -> {
            Database.run(connection, database.dialect().settleSettings());
            try (var update = database.prepare(
                    connection,
                    "update ~tidemark_stream set claim_until = ? where claim_token = ? and claim_until is not null")) {
                return new Bind(update)
                                .time(Database.now(connection).plus(lease))
                                .number(token)
                                .update()
                        == 1;
            }
        });
    }

    /** Gives a claim back without storing anything. */
    public void release(long token) {
        database.inTransaction(connection -> {
            try (var update = database.prepare(
                    connection,
                    "update ~tidemark_stream set claim_until = null, claim_holder = null where claim_token = ?")) {
                return new Bind(update).number(token).update();
            }
        });
    }

    /** Frees the claims whose holder is known to be gone. */
    public void releaseHeldBy(String holder) {
        update("update ~tidemark_stream set claim_until = null, claim_holder = null where claim_holder = ?", holder);
    }

    /** Whether the vendor works at an export for a stream of the source, or one is being asked for. */
    private boolean exporting(Connection connection, String source) throws SQLException {
        try (var query = database.prepare(connection, """
                select 1 from ~tidemark_stream
                where source = ? and state = 'running' and step in ('begun', 'requested')
                """)) {
            new Bind(query).text(source);
            try (var found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    /** Lets one process after another look at what its streams ask of a source. */
    private void lockSource(Connection connection, String source) throws SQLException {
        try (var insert = database.prepare(connection, """
                insert into ~tidemark_source (name, not_before)
                select cast(? as varchar(31)), current_timestamp
                where not exists (select 1 from ~tidemark_source where name = ?)
                """)) {
            new Bind(insert).text(source).text(source).update();
        }
        try (var lock = database.prepare(connection, "select name from ~tidemark_source where name = ? for update")) {
            new Bind(lock).text(source);
            lock.executeQuery().close();
        }
    }

    /**
     * Like {@link #begin} where the vendor works at one export of a source after another; empty where there is one, or one
     * is just being begun elsewhere.
     */
    public Optional<Claim> beginAlone(
            Claim claim, CycleKind kind, Instant from, @Nullable Instant to, @Nullable String lastKey) {
        String source = claim.state().source();
        return database.inTransaction(connection -> {
            lockSource(connection, source);
            return exporting(connection, source)
                    ? Optional.<Claim>empty()
                    : Optional.of(begin(connection, claim, kind, from, to, lastKey));
        });
    }

    /**
     * Starts a cycle under a claim, which stays held: writes its row of history and puts it in flight.
     *
     * @throws ClaimLostException if the claim is no longer held
     */
    public Claim begin(Claim claim, CycleKind kind, Instant from, @Nullable Instant to, @Nullable String lastKey) {
        return database.inTransaction(connection -> begin(connection, claim, kind, from, to, lastKey));
    }

    private Claim begin(
            Connection connection,
            Claim claim,
            CycleKind kind,
            Instant from,
            @Nullable Instant to,
            @Nullable String lastKey)
            throws SQLException {
        long cycle = insertCycle(connection, claim.stream(), kind, from, to);
        var flight = new Flight(cycle, kind, from, to, lastKey, Optional.empty());
        StreamState begun = claim.state().begun(flight);
        write(connection, claim, begun, true);
        if (kind == CycleKind.RECONCILE && !flight.part()) {
            run(connection, RECONCILED, claim.stream());
        }
        return claim.with(begun);
    }

    long insertCycle(Connection connection, String stream, CycleKind kind, @Nullable Instant from, @Nullable Instant to)
            throws SQLException {
        try (var insert = connection.prepareStatement(
                database.own("""
                        insert into ~tidemark_cycle (stream, kind, window_from, window_to, started_at, outcome,
                            rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_rejected,
                            rows_duplicate, load_millis)
                        values (?, ?, ?, ?, current_timestamp, 'running', 0, 0, 0, 0, 0, 0, 0, 0)
                        """), new String[] {database.dialect().fold("id")})) {
            new Bind(insert).text(stream).text(kind.word()).time(from).time(to).update();
            try (var keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /**
     * Stores what a step led to and gives the claim back.
     *
     * @param outcome of the cycle that ended with this step, null where none ended
     * @throws ClaimLostException if the claim is no longer held; then nothing is stored
     */
    public void save(Claim claim, StreamState next, @Nullable CycleEnd outcome) {
        database.inTransaction(connection -> {
            save(connection, claim, next, outcome);
            return next;
        });
    }

    void save(Connection connection, Claim claim, StreamState next, @Nullable CycleEnd outcome) throws SQLException {
        write(connection, claim, next, false);
        if (outcome != null && claim.state().flight().isPresent()) {
            Flight ended = claim.state().inFlight();
            outcome.write(database, connection, ended);
            if (ended.kind() == CycleKind.RECONCILE && outcome.error() != null) {
                run(connection, "update ~tidemark_stream set reconcile = true where name = ?", claim.stream());
            }
        }
    }

    /** Locks the stream's row and makes sure that the claim is still held. */
    void hold(Connection connection, Claim claim) throws SQLException {
        try (var select =
                database.prepare(connection, "select claim_token from ~tidemark_stream where name = ? for update")) {
            new Bind(select).text(claim.stream());
            try (var row = select.executeQuery()) {
                if (!row.next() || row.getLong(1) != claim.token()) {
                    throw new ClaimLostException(claim.stream());
                }
            }
        }
    }

    /** Writes the row where the token still holds. What others may have written meanwhile (a wish, a pause) stays. */
    private void write(Connection connection, Claim claim, StreamState next, boolean keepClaim) throws SQLException {
        StreamState before = claim.state();
        boolean wishGranted = before.dueAt() != null && next.dueAt() == null;
        boolean resyncGranted = before.resync() && !next.resync();
        boolean conditionChanged = before.condition() != next.condition();
        try (var update = database.prepare(connection, """
                update ~tidemark_stream
                set step = ?, next_at = ?, watermark = ?, last_key = ?,
                    cycle_id = ?, kind = ?, window_from = ?, window_to = ?, flight_key = ?,
                    job_id = ?, job_state = ?, requested_at = ?, polls = ?,
                    failures = ?, lost_jobs = ?, last_error = ?, last_success_at = ?, mismatch = ?, accepted = ?,
                    database_identity = ?, account_identity = ?, warnings = ?,
                    due_at = case when ? then null else coalesce(due_at, ?) end,
                    resync = case when ? then false else resync or ? end,
                    state = case when ? then ? else state end,
                    state_reason = case when ? then ? else state_reason end,
                    claim_until = case when ? then claim_until end,
                    claim_holder = case when ? then claim_holder end
                where name = ? and claim_token = ?
                """)) {
            Bind bind = new Bind(update)
                    .text(next.step())
                    .time(next.nextAt())
                    .time(next.watermark())
                    .text(next.lastKey());
            StreamRow.bindFlight(bind, next.flight());
            bind.number(next.failures())
                    .number(next.lostJobs())
                    .text(StreamRow.shortened(next.lastError(), 2000))
                    .time(next.lastSuccess())
                    .text(next.mismatch() == null ? null : next.mismatch().text())
                    .text(next.accepted() == null ? null : next.accepted().text())
                    .text(StreamRow.shortened(next.databaseIdentity(), 500))
                    .text(StreamRow.shortened(next.accountIdentity(), 500))
                    .text(StreamRow.warnings(next.warnings()))
                    .flag(wishGranted)
                    .time(next.dueAt())
                    .flag(resyncGranted)
                    .flag(next.resync())
                    .flag(conditionChanged)
                    .text(next.condition().word())
                    .flag(conditionChanged)
                    .text(StreamRow.shortened(next.reason(), 2000))
                    .flag(keepClaim)
                    .flag(keepClaim)
                    .text(next.name())
                    .number(claim.token());
            if (bind.update() == 0) {
                throw new ClaimLostException(next.name());
            }
        }
    }

    public Optional<StreamState> find(String name) {
        return database.inTransaction(connection -> read(connection, name));
    }

    private Optional<StreamState> read(Connection connection, String name) throws SQLException {
        try (var select = database.prepare(connection, "select * from ~tidemark_stream where name = ?")) {
            new Bind(select).text(name);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(StreamRow.read(row)) : Optional.empty();
            }
        }
    }

    /** Every stream known to the database, with who holds it; by name. */
    public List<Known> all() {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                            select s.*, case when claim_until >= current_timestamp then claim_holder end as holder
                            from ~tidemark_stream s order by name
                            """);
                    var row = select.executeQuery()) {
                var all = new ArrayList<Known>();
                while (row.next()) {
                    all.add(new Known(StreamRow.read(row), row.getString("holder")));
                }
                return all;
            }
        });
    }

    /** Forgets a stream, its history and its rejects. Its table stays. */
    public boolean forget(String name) {
        return database.inTransaction(connection -> {
            boolean known = run(connection, "delete from ~tidemark_stream where name = ?", name) == 1;
            run(connection, "delete from ~tidemark_cycle where stream = ?", name);
            run(connection, "delete from ~tidemark_reject where stream = ?", name);
            run(connection, "delete from ~tidemark_change where stream = ?", name);
            run(connection, "delete from ~tidemark_conflict where stream = ?", name);
            run(connection, "delete from ~tidemark_altered where stream = ?", name);
            return known;
        });
    }

    /** What is wanted of a stream waits for the commit of a cycle, which keeps the stream's row for as long as it merges. */
    private boolean update(String sql, String name) {
        for (int tries = 1; ; tries++) {
            try {
                return database.inTransaction(connection -> run(connection, sql, name) == 1);
            } catch (DatabaseException busy) {
                if (!busy.lockedOut() || tries == PATIENCE) {
                    throw busy;
                }
            }
        }
    }

    private int run(Connection connection, String sql, String name) throws SQLException {
        try (var statement = database.prepare(connection, sql)) {
            return new Bind(statement).text(name).update();
        }
    }

    /**
     * A stream and who holds its claim.
     *
     * @param holder null while nobody does
     */
    public record Known(StreamState state, @Nullable String holder) {}
}
