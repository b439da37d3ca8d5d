package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.route.History.Deed;
import io.tidemark.sandbox.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bridge, a pretended vendor, and whoever edits on both sides. {@link #play} lets a history happen and says what was
 * wrong in the end. A record is known by a mark that nobody edits.
 */
final class World implements AutoCloseable {
    /** The rule of conflict and what becomes of local deletions are in a stream's name. */
    static final List<String> STREAMS = List.of(
            "newest-propagate",
            "newest-ignore",
            "source-propagate",
            "source-ignore",
            "target-propagate",
            "target-ignore",
            "manual-propagate",
            "manual-ignore");

    static final int SLOTS = 8;
    private static final int BOUND = 60;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** A creation in doubt holds up what comes after it until its call is over. */
    private static final Duration SOON = Duration.ofMillis(200);

    private final Path folder;
    private final Vendor vendor;
    private final Traits traits;
    private volatile Duration skew = Duration.ZERO;
    private Running running;
    private int histories;
    private int values;
    private String stream = "";
    private Ledger ledger = new Ledger();
    private boolean hidden;
    private final Set<Integer> deletedHere = ConcurrentHashMap.newKeySet();
    private final Set<String> madeThere = ConcurrentHashMap.newKeySet();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    World(Traits traits, String url, String user) {
        try {
            folder = Files.createTempDirectory("tidemark-world");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.traits = traits;
        vendor = traits.start().apply(() -> InstantSource.system().instant().plus(skew));
        running = Running.start(setup(url, user));
    }

    private Setup setup(String url, String user) {
        Setup setup =
                new Setup(folder).tick(3).set("tidemark.database.url", url).set("tidemark.database.username", user);
        for (int way = 0; way < traits.ways().size(); way++) {
            String source = "way" + way;
            setup.source(source, vendor.system()).set("tidemark.sources." + source + ".settle-delay", "PT0.02S");
            traits.ways()
                    .get(way)
                    .source()
                    .forEach((key, value) -> setup.set("tidemark.sources." + source + "." + key, value));
        }
        for (String name : STREAMS) {
            String key = "tidemark.streams." + name + ".";
            boolean propagate = name.endsWith("propagate");
            setup.stream(name, source(name))
                    .set(key + "resource", traits.resource())
                    .set(key + "direction", "both")
                    .set(key + "brake", "off")
                    .set(key + "poll-first", "PT0.001S")
                    .set(key + "poll-most", "PT0.002S")
                    .set(key + "conflict", rule(name))
                    .set(key + "outbound-deletes", propagate ? "propagate" : "ignore")
                    .set(key + "deletes", rule(name).startsWith("n") == propagate ? "mark" : "delete");
            traits.ways().get(way(name)).stream().forEach((option, value) -> setup.set(key + option, value));
        }
        return setup;
    }

    /** Each way meets rules of both kinds. */
    private int way(String name) {
        int index = STREAMS.indexOf(name);
        return (index + index / 3) % traits.ways().size();
    }

    private String source(String name) {
        return "way" + way(name);
    }

    private static String rule(String name) {
        String word = name.substring(0, name.indexOf('-'));
        return word.equals("manual") ? word : word + "-wins";
    }

    /** Lets the history happen, then calm return; says what is not as it should be. */
    List<String> play(History history) {
        begin(history);
        history.deeds().forEach(this::happen);
        vendor.faults().clear();
        calm();
        if (hidden) {
            running.store().reconcile(stream);
            calm();
        }
        decide();
        calm();
        var wrong = new ArrayList<>(trouble);
        wrong.addAll(differences());
        account();
        // a value that was dropped unseen looks like one that somebody there has replaced, once somebody edits there
        Optional.ofNullable(history.switches().get("dropped"))
                .map(vendor::column)
                .ifPresent(ledger::forgive);
        wrong.addAll(ledger.vanished());
        wrong.addAll(traffic());
        wrong.addAll(leftovers());
        if (!wrong.isEmpty()) {
            wrong.addAll(log);
            wrong.add("rows " + running.rows("select * from " + table()));
            wrong.add("changes " + running.rows("select * from tidemark_change"));
            wrong.add("conflicts " + running.rows("select * from tidemark_conflict"));
            vendor.everyKey()
                    .forEach(key -> traits.columns()
                            .forEach(column ->
                                    wrong.add("there " + key + " " + column + " " + vendor.values(key, column))));
        }
        return wrong;
    }

    private void begin(History history) {
        running.forgetEverything();
        vendor.faults().clear();
        vendor.switches().reset();
        vendor.empty();
        vendor.log().clear();
        trouble.clear();
        madeThere.clear();
        deletedHere.clear();
        log.clear();
        histories++;
        values = 0;
        stream = history.stream();
        ledger = new Ledger();
        skew = history.skew();
        Map<String, String> switches = new LinkedHashMap<>(traits.quick());
        switches.putAll(history.switches());
        vendor.switches().set(switches);
        hidden = "any-own-change".equals(history.switches().get("self-exclusion"));
        for (int slot = 0; slot < SLOTS / 2; slot++) {
            createThere(slot, false);
        }
        pass();
        running.begin(stream);
        await(row -> row.get("last_success_at") != null && row.get("cycle_id") == null && row.get("due_at") == null);
    }

    private void happen(Deed deed) {
        log.add("-- " + deed);
        deed.what().accept(this);
    }

    // ---- whoever edits

    /** New values for fields of a row here. */
    void editHere(int slot, List<String> fields) {
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        fields.forEach(field -> changes.put(field, next(field)));
        writeHere(slot, changes, "an edit here");
    }

    /** Back to what the vendor has, or to what it had first. */
    void revertHere(int slot, String field) {
        key(slot).ifPresent(key -> {
            List<@Nullable String> all = vendor.values(key, field);
            String value = all.isEmpty() ? null : all.get(values++ % all.size());
            if (value != null) {
                Map<String, @Nullable String> changes = new LinkedHashMap<>();
                changes.put(field, value);
                writeHere(slot, changes, "a revert here");
            }
        });
    }

    /** Back to what was there first. */
    void backHere(int slot, String field) {
        key(slot).ifPresent(key -> {
            Map<String, @Nullable String> changes = new LinkedHashMap<>();
            changes.put(field, vendor.values(key, field).get(0));
            writeHere(slot, changes, "a way back here");
        });
    }

    void emptyHere(int slot, String field) {
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        changes.put(field, null);
        writeHere(slot, changes, "an emptying here");
    }

    private void writeHere(int slot, Map<String, @Nullable String> changes, String words) {
        transaction(connection -> {
            Map<String, @Nullable String> before = lock(connection, slot);
            if (before == null) {
                return;
            }
            var assignments = new ArrayList<String>();
            changes.keySet().forEach(field -> assignments.add(field + " = ?"));
            try (var update = connection.prepareStatement("update " + table() + " set " + String.join(", ", assignments)
                    + " where " + traits.mark() + " = '" + mark(slot) + "'")) {
                int index = 1;
                for (var value : changes.values()) {
                    update.setString(index++, value);
                }
                update.executeUpdate();
            }
            changes.forEach((field, value) -> {
                ledger.replaced(slot, field, value, before.get(field));
                if (value != null) {
                    ledger.edit(slot, field, value, words);
                }
            });
            log.add("   here " + slot + " " + before + " gets " + changes);
        });
    }

    private @Nullable Map<String, @Nullable String> lock(Connection connection, int slot) throws SQLException {
        try (var select = connection.prepareStatement(
                        "select * from " + table() + " where " + traits.mark() + " = '" + mark(slot) + "' for update");
                var row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (String field : traits.texts()) {
                values.put(field, row.getString(field));
            }
            values.put(traits.key(), row.getString(traits.key()));
            return values;
        }
    }

    void insertHere(int slot) {
        if (key(slot).isEmpty() && here(slot).isEmpty() && !used(slot)) {
            insertHere(slot, null);
        }
    }

    /** A row that was deleted here comes back under its key with other values. */
    void returnHere(int slot) {
        if (here(slot).isEmpty()) {
            key(slot).ifPresent(key -> insertHere(slot, key));
        }
    }

    private void insertHere(int slot, @Nullable String key) {
        transaction(connection -> {
            Map<String, String> row = new LinkedHashMap<>();
            traits.texts().forEach(field -> row.put(field, next(field)));
            try (var insert = connection.prepareStatement("insert into " + table() + " (" + traits.key() + ", "
                    + traits.mark() + ", " + String.join(", ", row.keySet()) + ") values ("
                    + (key == null ? "null" : "'" + key + "'") + ", ?" + ", ?".repeat(row.size()) + ")")) {
                int index = 1;
                insert.setString(index++, mark(slot));
                for (String value : row.values()) {
                    insert.setString(index++, value);
                }
                insert.executeUpdate();
            }
            use(slot);
            deletedHere.remove(slot);
            row.forEach((field, value) -> ledger.edit(slot, field, value, "an insert here"));
            log.add("   here " + slot + " inserted " + key + " " + row);
        });
    }

    void deleteHere(int slot) {
        transaction(connection -> {
            Map<String, @Nullable String> before = lock(connection, slot);
            if (before == null) {
                return;
            }
            try (var delete = connection.prepareStatement(
                    "delete from " + table() + " where " + traits.mark() + " = '" + mark(slot) + "'")) {
                delete.executeUpdate();
            }
            traits.texts().forEach(field -> ledger.found(slot, field, before.get(field)));
            deletedHere.add(slot);
            log.add("   here " + slot + " deleted " + before);
        });
    }

    void editThere(int slot, List<String> fields, boolean own) {
        editThere(slot, fields, own, false);
    }

    /** @param unseen whether the bridge cannot know: it has looked already and has not written yet */
    void editThere(int slot, List<String> fields, boolean own, boolean unseen) {
        key(slot).filter(key -> vendor.keys().contains(key)).ifPresent(key -> {
            Map<String, String> changes = new LinkedHashMap<>();
            fields.forEach(field -> changes.put(field, next(field)));
            madeThere.addAll(changes.values());
            later(traits.tick());
            vendor.edit(key, changes, named(own));
            changes.forEach((field, value) -> {
                ledger.edit(slot, field, value, "an edit there");
                if (unseen && vendor.overwritesUnseen()) {
                    ledger.excuse(slot, field, value);
                }
            });
            log.add("   there " + slot + " gets " + changes);
        });
    }

    void emptyThere(int slot, String field) {
        key(slot).filter(key -> vendor.keys().contains(key)).ifPresent(key -> {
            later(traits.tick());
            vendor.edit(key, Map.of(field, ""), false);
            log.add("   there " + slot + " empties " + field);
        });
    }

    void createThere(int slot, boolean own) {
        if (used(slot)) {
            return;
        }
        use(slot);
        Map<String, String> row = new LinkedHashMap<>();
        traits.texts().forEach(field -> row.put(field, next(field)));
        row.forEach((field, value) -> ledger.edit(slot, field, value, "a creation there"));
        row.put(traits.mark(), mark(slot));
        vendor.create(row, named(own));
        log.add("   there " + slot + " created " + row);
    }

    void suppressThere(int slot, boolean own) {
        key(slot).filter(key -> vendor.keys().contains(key)).ifPresent(key -> {
            later(traits.tick());
            vendor.remove(key, named(own));
            hidden |= !traits.deletions();
            log.add("   there " + slot + " suppressed");
        });
    }

    private boolean named(boolean own) {
        boolean bridge = own && traits.authors();
        hidden |= bridge;
        return bridge;
    }

    // ---- the bridge and what befalls it

    void cycle() {
        pass();
        running.store().due(stream);
        await(row -> row.get("due_at") == null && row.get("cycle_id") == null && row.get("claim_until") == null);
    }

    /** What was done before is in the windows from now on. */
    private void pass() {
        later(traits.late());
        try {
            running.bridge().questions(source(stream)).account();
        } catch (RuntimeException met) {
            log.add("   a fault is met: " + met.getMessage());
        }
    }

    void round() {
        running.store().outboundDue(stream);
        await(row -> row.get("outbound_due_at") == null && row.get("claim_until") == null);
    }

    void reconcile() {
        running.store().reconcile(stream);
        cycle();
    }

    /** Time goes by: every wait is over, and no call is under way any more. */
    void elapse() {
        stepsEnd();
        overdue();
    }

    private void stepsEnd() {
        Running.until(
                () -> running.bridge().context().getInflightRepository().size() == 0, () -> "a step does not end");
    }

    private void overdue() {
        running.execute("update tidemark_change set next_at = current_timestamp where next_at > current_timestamp");
        running.execute(
                "update tidemark_change set sent_at = sent_at - interval '10' minute where sent_at is not null");
    }

    /** Whoever takes a step now can store nothing more of it. */
    void crash() {
        running.execute("update tidemark_stream set claim_token = -1, claim_until = null, claim_holder = null"
                + " where claim_until is not null");
    }

    void restart() {
        running = running.restart();
    }

    /** The vendor's clock goes on by so much. */
    synchronized void later(Duration length) {
        skew = skew.plus(length);
    }

    /** Switches a guard off: nothing is known of what exports have not shown yet. */
    void unpin() {
        running.execute("update tidemark_change set pins = null");
    }

    /** Switches a guard off, on PostgreSQL: statements that undo in a change what it did. */
    void undo(String statements) {
        running.execute("create function undo() returns trigger language plpgsql as $$ begin " + statements
                + " return new; end $$");
        running.execute("create trigger undo before update on tidemark_change for each row execute function undo()");
    }

    /** Every guard is on again. */
    void mend() {
        running.execute("drop function if exists undo() cascade");
    }

    /** What is recorded as conflicts, open or not. */
    List<String> conflicts() {
        return running.rows("select * from tidemark_conflict").stream()
                .map(String::valueOf)
                .toList();
    }

    void meanwhile(String requests, boolean effected, Deed deed) {
        vendor.faults().meanwhile(requests, effected, () -> {
            try {
                log.add("   meanwhile:");
                happen(deed);
            } catch (AssertionError | RuntimeException failed) {
                trouble.add("meanwhile: " + failed);
            }
        });
    }

    void fault(String requests, Fault fault) {
        vendor.faults().next(requests, fault);
    }

    void vendor(String name, String position) {
        vendor.switches().set(Map.of(name, position));
    }

    private void await(Predicate<Map<String, @Nullable String>> wanted) {
        long soon = System.nanoTime() + SOON.toNanos();
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            Map<String, @Nullable String> row = running.rows(
                            "select * from tidemark_stream where name = '" + stream + "'")
                    .get(0);
            if (wanted.test(row)) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "not within " + LONGEST + ": " + row + running.rows("select * from tidemark_change"));
            }
            if ("stopped".equals(row.get("state"))) {
                trouble.add("stopped: " + row.get("state_reason"));
                running.store().resume(stream);
            }
            hurry();
            if (System.nanoTime() > soon
                    && running.bridge().context().getInflightRepository().size() == 0) {
                overdue();
            }
            pause();
        }
    }

    private void hurry() {
        running.execute("update tidemark_stream set next_at = current_timestamp where next_at > current_timestamp"
                + " and name = '" + stream + "' and claim_until is null");
        running.execute("delete from tidemark_source");
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    // ---- the end

    /** Nobody edits any more: rounds and cycles until nothing is left to do. */
    private void calm() {
        int quiet = 0;
        for (int times = 0; quiet < 2; times++) {
            if (times > BOUND) {
                trouble.add("no end of it: " + running.rows("select * from tidemark_change") + " "
                        + running.rows("select * from tidemark_stream"));
                return;
            }
            elapse();
            round();
            cycle();
            quiet = restless().isEmpty() ? quiet + 1 : 0;
        }
    }

    /** What is under way. A deletion that stays here alone is remembered. */
    private List<String> restless() {
        List<String> all = new ArrayList<>();
        running.rows("select * from tidemark_change where state not in ('dead', 'held') or pins is not null")
                .forEach(change -> {
                    boolean away = stream.endsWith("ignore")
                            && "delete".equals(change.get("kind"))
                            && "pinned".equals(change.get("state"));
                    if (!away) {
                        all.add("under way: " + change);
                    }
                });
        running.rows("select * from tidemark_stream where read_back_at is not null or outbound_due_at is not null")
                .forEach(row -> all.add("under way: " + row));
        return all;
    }

    /** A person lets the vendor's value in wherever one was held. */
    private void decide() {
        for (var change : running.rows("select * from tidemark_change where state = 'held'")) {
            for (int slot = 0; slot < SLOTS; slot++) {
                Optional<Map<String, @Nullable String>> row = here(slot);
                int place = slot;
                if (row.isPresent()
                        && requireNonNull(change.get("row_id")).equals(row.get().get("tidemark_id"))) {
                    key(slot).ifPresent(key -> accept(place, key));
                }
            }
        }
    }

    private void accept(int slot, String key) {
        if (!vendor.keys().contains(key)) {
            deleteHere(slot);
            return;
        }
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        traits.texts().forEach(field -> changes.put(field, vendor.value(key, field)));
        writeHere(slot, changes, "a decision");
    }

    private List<String> differences() {
        var all = new ArrayList<String>();
        for (int slot = 0; slot < SLOTS; slot++) {
            List<String> keys = keys(slot);
            long rows = Long.parseLong(running.value(
                    "select count(*) from " + table() + " where " + traits.mark() + " = '" + mark(slot) + "'"));
            if (keys.size() > 1 || rows - untold(slot) > 1) {
                all.add(slot + " is there " + keys + ", here " + rows + " times");
            } else {
                difference(slot, keys.stream().findFirst(), all);
            }
        }
        return all;
    }

    /** How many rows wait for a person because the vendor did not tell the key of the record it created. */
    private long untold(int slot) {
        return running.rows("select tidemark_id from " + table() + " where " + traits.key() + " is null and "
                        + traits.mark() + " = '" + mark(slot) + "' and exists (select 1 from tidemark_change where"
                        + " row_id = tidemark_id and state = 'dead' and reason like '%does not tell its key%')")
                .size();
    }

    private void difference(int slot, Optional<String> key, List<String> all) {
        Optional<Map<String, @Nullable String>> here = here(slot);
        boolean liveHere = here.isPresent() && here.get().get("tidemark_deleted_at") == null;
        boolean liveThere = key.filter(id -> vendor.keys().contains(id)).isPresent();
        String known = known(here, key);
        if (liveHere != liveThere) {
            boolean away = stream.endsWith("ignore") && here.isEmpty();
            if (!away && known.isEmpty()) {
                all.add(slot + " is " + (liveHere ? "here" : "not here") + ", and "
                        + (liveThere ? "there" : "not there"));
            }
            return;
        }
        if (!liveHere) {
            return;
        }
        boolean told =
                running.rows("select * from tidemark_conflict where field = '*' and outcome = 'returned'").stream()
                        .anyMatch(conflict -> key.orElseThrow().equals(conflict.get("key")));
        // a creation whose key nobody told, deleted here meanwhile, is a dead letter
        boolean dead =
                running.rows("select base from tidemark_change where state = 'dead' and kind = 'delete'").stream()
                        .anyMatch(change -> String.valueOf(change.get("base")).contains("\"" + mark(slot) + "\""));
        if (deletedHere.contains(slot) && !told && !dead) {
            all.add(slot + " was deleted here and is back without a word");
        }
        for (String field : traits.texts()) {
            String mine = here.get().get(field);
            String theirs = vendor.value(key.orElseThrow(), field);
            boolean equal = requireNonNull(mine == null ? "" : mine).equals(theirs == null ? "" : theirs);
            if (!equal && !known.contains("\"" + field + "\"")) {
                all.add(slot + " " + field + " is " + mine + " here and " + theirs + " there");
            }
        }
    }

    /** The differences that wait for a person, as a text. */
    private String known(Optional<Map<String, @Nullable String>> here, Optional<String> key) {
        var text = new StringBuilder();
        String id = here.map(row -> row.get("tidemark_id")).orElse("-");
        for (var change : running.rows("select * from tidemark_change where state in ('dead', 'held')")) {
            if (requireNonNull(change.get("row_id")).equals(id)
                    || key.filter(text1 -> text1.equals(change.get("record_key")))
                            .isPresent()) {
                text.append(change.get("kind")).append(change.get("base"));
            }
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    /** Looks for every value that was ever edited. */
    private void account() {
        List<Map<String, @Nullable String>> conflicts = running.rows("select * from tidemark_conflict");
        List<Map<String, @Nullable String>> dead =
                running.rows("select * from tidemark_change where state in ('dead', 'held')");
        for (int slot = 0; slot < SLOTS; slot++) {
            int place = slot;
            Optional<Map<String, @Nullable String>> here = here(slot);
            here.ifPresent(row -> traits.texts().forEach(field -> ledger.found(place, field, row.get(field))));
            for (String key : keys(slot)) {
                for (String field : traits.texts()) {
                    account(place, field, vendor.values(key, field));
                    vendor.present(key, field).forEach(value -> ledger.found(place, field, value));
                }
                conflicts.stream()
                        .filter(conflict -> key.equals(conflict.get("key")))
                        .forEach(conflict -> account(place, conflict));
                dead.stream()
                        .filter(change -> key.equals(change.get("record_key")))
                        .forEach(change -> ledger.foundIn(place, change.get("sent") + " " + change.get("base")));
            }
        }
    }

    private void account(int slot, String field, List<@Nullable String> values) {
        String before = null;
        for (String value : values) {
            // of a value made there the first sight is the edit itself; nobody but a person empties
            boolean byHand = value == null || madeThere.remove(value);
            if (byHand) {
                ledger.replaced(slot, field, value, before);
            }
            before = value;
        }
    }

    private void account(int slot, Map<String, @Nullable String> conflict) {
        if ("*".equals(conflict.get("field"))) {
            ledger.settled(slot);
        }
        for (String field : traits.texts()) {
            if (field.equalsIgnoreCase(conflict.get("field"))) {
                ledger.found(slot, field, conflict.get("local"));
                ledger.found(slot, field, conflict.get("remote"));
            }
        }
    }

    /** Two more cycles and rounds have nothing to write anywhere. */
    private List<String> traffic() {
        String rows = "select tidemark_id, tidemark_synced_at, tidemark_deleted_at, "
                + String.join(", ", traits.texts()) + " from " + table() + " order by tidemark_id";
        var before = running.rows(rows);
        vendor.log().clear();
        for (int times = 0; times < 2; times++) {
            elapse();
            cycle();
            round();
        }
        var wrong = new ArrayList<String>();
        vendor.log().requests().stream()
                .filter(vendor::writes)
                .forEach(request -> wrong.add("traffic does not stop: " + request));
        var after = running.rows(rows);
        if (!before.equals(after)) {
            wrong.add("rows are written again: " + before + " became " + after);
        }
        return wrong;
    }

    private List<String> leftovers() {
        // on H2 staging is emptied just after the commit
        stepsEnd();
        List<String> all = restless();
        running.rows("select table_name from information_schema.tables where lower(table_name) like 'tidemark_stag%'")
                .forEach(staging -> {
                    String count = running.value("select count(*) from \"" + staging.get("table_name") + "\"");
                    if (!count.equals("0")) {
                        all.add(count + " rows are left in " + staging.get("table_name"));
                    }
                });
        return all;
    }

    // ---- names

    private final List<Integer> used = new CopyOnWriteArrayList<>();

    private boolean used(int slot) {
        return used.contains(histories * 100 + slot);
    }

    private void use(int slot) {
        used.add(histories * 100 + slot);
    }

    private String mark(int slot) {
        return "M" + histories + "x" + slot;
    }

    private synchronized String next(String field) {
        return Traits.value(field, ++values);
    }

    private String table() {
        return stream.replace('-', '_');
    }

    private List<String> keys(int slot) {
        return vendor.everyKey().stream()
                .filter(key -> mark(slot).equals(vendor.value(key, traits.mark())))
                .toList();
    }

    private Optional<String> key(int slot) {
        return keys(slot).stream().findFirst();
    }

    private Optional<Map<String, @Nullable String>> here(int slot) {
        return running
                .rows("select * from " + table() + " where " + traits.mark() + " = '" + mark(slot)
                        + "' order by case when " + traits.key() + " is null then 1 else 0 end")
                .stream()
                .findFirst();
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    private void transaction(Work work) {
        try (Connection connection = running.database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.with(connection);
                connection.commit();
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        running.close();
        vendor.close();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
