package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.csv.ColumnType;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What triggers note of local edits, on every database. */
abstract class CaptureContract extends DialectContract {
    static final String CHANGES = "select kind, state, record_key, base from tidemark_change order by id";

    @BeforeEach
    void bothWays() {
        stream.direction = Direction.BOTH;
    }

    /** A table with Ann, Bob and Cy as the source has them. */
    void people() {
        load(HEADER + "1,Ann,1.50,2024-01-01T00:00:00Z,\n2,Bob,,,\n3,Cy,3,,\n");
        assertThat(rows(CHANGES)).isEmpty();
    }

    /** Where each change is and how its base reads, keys in the order of the alphabet, without spaces. */
    List<String> changes() {
        return rows("select kind, state, coalesce(record_key, ''), base from tidemark_change order by id").stream()
                .map(line -> {
                    int base = line.lastIndexOf("|");
                    return line.substring(0, base + 1) + base(line.substring(base + 1));
                })
                .toList();
    }

    static String base(String json) {
        try {
            var sorted = new StringBuilder();
            new TreeMap<>(Map.copyOf(texts(json)))
                    .forEach((column, value) -> sorted.append(sorted.isEmpty() ? "" : ",")
                            .append(column.toLowerCase(java.util.Locale.ROOT))
                            .append('=')
                            .append(value));
            return sorted.toString();
        } catch (SQLException broken) {
            throw new IllegalStateException(json, broken);
        }
    }

    static Map<String, String> texts(String json) throws SQLException {
        Map<String, String> texts = new java.util.HashMap<>();
        Images.read(json)
                .properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().toString()));
        return texts;
    }

    long version(int id) {
        return Long.parseLong(rows("select version from tidemark_change where record_key = '" + id + "'")
                .get(0));
    }

    @Test
    void anEditIsNotedWithWhatWasThereBefore() {
        people();

        run("update contacts set first_name = 'Anna', amount = 2 where van_id = 1");

        assertThat(changes()).containsExactly("update|pending|1|amount=1.5000,first_name=\"Ann\"");
        assertThat(rows("select count(*) from contacts where tidemark_synced_at is null and van_id = 1"))
                .containsExactly("1");
        assertThat(rows("select count(*) from contacts where tidemark_synced_at is null"))
                .containsExactly("1");
        assertThat(
                        rows(
                                "select attempts, reason from tidemark_change c join contacts t on t.tidemark_id = c.row_id"
                                        + " where changed_at <= current_timestamp and next_at <= current_timestamp and stream = 'contacts'"))
                .containsExactly("0|");
    }

    @Test
    void anEditOfWhatWasEditedKeepsTheOldestValue() {
        people();
        run("update contacts set first_name = 'Anna' where van_id = 1");
        long first = version(1);

        run("update contacts set first_name = 'Annabel', amount = null where van_id = 1");

        assertThat(changes()).containsExactly("update|pending|1|amount=1.5000,first_name=\"Ann\"");
        assertThat(version(1)).isGreaterThan(first);
        run("update contacts set first_name = 'Ann' where van_id = 1");
        assertThat(changes()).containsExactly("update|pending|1|amount=1.5000,first_name=\"Ann\"");
    }

    @Test
    void anEditThatChangesNothingIsNone() {
        run("create table contacts (van_id bigint, first_name varchar(20), amount numeric(19, 4), shoe_size integer)");
        people();
        List<String> before = rows("select van_id, tidemark_synced_at from contacts order by van_id");

        run(
                "update contacts set first_name = first_name, amount = 1.5 where van_id = 1",
                "update contacts set first_name = '' where first_name is null",
                "update contacts set shoe_size = 42, tidemark_deleted_at = current_timestamp");

        assertThat(changes()).isEmpty();
        assertThat(rows("select van_id, tidemark_synced_at from contacts order by van_id"))
                .isEqualTo(before);
    }

    @Test
    void aCapturedRowCannotSayThatItIsInStep() {
        people();

        run(
                "update contacts set first_name = 'x', tidemark_synced_at = current_timestamp where van_id = 1",
                "insert into contacts (first_name, tidemark_synced_at) values ('new', current_timestamp)");

        assertThat(rows("select first_name from contacts where tidemark_synced_at is null order by 1"))
                .containsExactly("new", "x");
        assertThat(changes()).hasSize(2);
    }

    @Test
    void anEmptyTextIsNoValue() {
        people();
        run(
                "update contacts set first_name = '' where van_id = 1",
                "update contacts set first_name = 'A' where van_id = 1");

        run("update contacts set amount = 7 where van_id = 2");

        assertThat(changes()).containsExactly("update|pending|1|first_name=\"Ann\"", "update|pending|2|amount=null");
        run("delete from tidemark_change", "update contacts set first_name = '' where van_id = 3");
        run("delete from tidemark_change", "update contacts set first_name = 'C' where van_id = 3");
        assertThat(changes()).containsExactly("update|pending|3|first_name=null");
    }

    @Test
    void aNewRowIsAnInsertHoweverOftenItIsEdited() {
        people();

        run("insert into contacts (first_name) values ('Di')");
        run("update contacts set first_name = 'Dinah', amount = 4 where first_name = 'Di'");

        assertThat(changes()).containsExactly("insert|pending||");
        run("update contacts set van_id = 4 where first_name = 'Dinah'");
        assertThat(changes()).containsExactly("insert|pending|4|");
    }

    @Test
    void aNewRowThatGoesAgainLeavesNothing() {
        people();
        run("insert into contacts (first_name) values ('Di')", "delete from contacts where first_name = 'Di'");
        assertThat(changes()).isEmpty();

        run(
                "insert into contacts (first_name) values ('Ed')",
                "update tidemark_change set sent = '{}', state = 'sending'");
        run("delete from contacts where first_name = 'Ed'");
        assertThat(changes())
                .containsExactly("delete|sending||amount=null,date_changed=null,first_name=\"Ed\",van_id=null");

        run("insert into contacts (van_id, first_name) values (9, 'Flo')", "delete from contacts where van_id = 9");
        assertThat(changes().get(1))
                .isEqualTo("delete|pending|9|amount=null,date_changed=null,first_name=\"Flo\",van_id=9");
    }

    @Test
    void aDeletionKeepsTheWholeRowAsBothSidesHadIt() {
        people();
        run("update contacts set first_name = 'Anna' where van_id = 1");

        run("delete from contacts where van_id in (1, 2)");

        assertThat(changes())
                .containsExactly(
                        "delete|pending|1|amount=1.5000,date_changed=\"2024-01-01T00:00:00+00:00\",first_name=\"Ann\",van_id=1",
                        "delete|pending|2|amount=null,date_changed=null,first_name=\"Bob\",van_id=2");
    }

    @Test
    void aKeyThatIsDeletedAndInsertedAgainIsAnUpdate() {
        people();
        run("delete from contacts where van_id = 1");
        long deleted = version(1);

        run("insert into contacts (van_id, first_name, amount, date_changed) values (1, 'Anna', 1.50,"
                + " timestamp with time zone '2024-01-01 02:00:00+02:00')");

        assertThat(changes()).containsExactly("update|pending|1|first_name=\"Ann\"");
        assertThat(version(1)).isGreaterThan(deleted);
        assertThat(rows("select count(*) from contacts t join tidemark_change c on c.row_id = t.tidemark_id"))
                .containsExactly("1");
    }

    @Test
    void aNumberOfADeletedRowMayBeUsedAgain() {
        people();
        long row = Long.parseLong(
                rows("select tidemark_id from contacts where van_id = 1").get(0));
        run("delete from contacts where van_id in (1, 2)");

        run("insert into contacts (tidemark_id, first_name) values (" + row + ", 'Di')");
        run("insert into contacts (tidemark_id, van_id) select row_id, 1 from tidemark_change where record_key = '2'");

        assertThat(rows("select record_key, kind, row_id < 0 from tidemark_change order by id").stream()
                        .map(line -> line.replace("true", "t").replace("TRUE", "t"))
                        .toList())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("1|update|");
        assertThat(rows("select kind from tidemark_change where record_key = '2' and row_id < 0"))
                .containsExactly("delete");
        assertThat(rows("select kind from tidemark_change where row_id = " + row))
                .containsExactly("insert");
    }

    @Test
    void whatIsBeingSentStaysSoAndWhatRestsIsRevived() {
        people();
        run("update contacts set first_name = 'x'");
        run(
                "update tidemark_change set attempts = 3, reason = 'why', sent = '{\"s\":1}', sent_version = version, pins = '{\"p\":1}',"
                        + " next_at = timestamp with time zone '2040-01-01 00:00:00+00:00'",
                "update tidemark_change set state = 'sending' where record_key = '1'",
                "update tidemark_change set state = 'held' where record_key = '2'",
                "update tidemark_change set state = 'dead' where record_key = '3'");

        run("update contacts set amount = 8");

        assertThat(changes())
                .containsExactly(
                        "update|sending|1|amount=1.5000,first_name=\"Ann\"",
                        "update|pending|2|amount=null,first_name=\"Bob\"",
                        "update|pending|3|amount=3.0000,first_name=\"Cy\"");
        assertThat(rows("select attempts, reason, sent, pins, case when next_at > current_timestamp then 'later' else"
                        + " 'now' end from tidemark_change order by id"))
                .containsExactly(
                        "3|why|{\"s\":1}|{\"p\":1}|later", "0||{\"s\":1}|{\"p\":1}|now", "0||{\"s\":1}|{\"p\":1}|now");
    }

    @Test
    void anEditOfAPinnedRowStartsAnew() {
        people();
        run("update contacts set first_name = 'x'", "insert into contacts (van_id) values (4)");
        run("update tidemark_change set state = 'pinned', pins = '{\"p\":1}'");

        run("update contacts set amount = 8 where van_id in (1, 4)", "delete from contacts where van_id = 2");

        assertThat(changes())
                .containsExactly(
                        "update|pending|1|amount=1.5000",
                        "delete|pending|2|amount=null,date_changed=null,first_name=\"x\",van_id=2",
                        "update|pinned|3|first_name=\"Cy\"",
                        "update|pending|4|amount=null");
        assertThat(rows("select distinct pins from tidemark_change")).containsExactly("{\"p\":1}");
    }

    @Test
    void rowsThatWereThereBeforeAreNotCaptured() {
        run(
                "create table contacts (van_id bigint, first_name varchar(20))",
                "insert into contacts values (1, 'Ann'), (null, 'Bob')");
        target();
        assertThat(changes()).isEmpty();

        run("update contacts set first_name = 'Rob' where van_id is null");
        assertThat(changes()).containsExactly("update|pending||first_name=\"Bob\"");

        run("update contacts set van_id = 2 where van_id is null");
        assertThat(changes()).containsExactly("update|pending|2|first_name=\"Bob\",van_id=null");
    }

    @Test
    void aKeyStaysWhatItIs() {
        people();

        for (String other : List.of("8", "null")) {
            assertThatThrownBy(() -> run("update contacts set van_id = " + other + " where van_id = 1"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining(
                            "stream contacts: the key of a row cannot be changed, because it names the record at the"
                                    + " source; delete the row and insert another one instead");
        }
        assertThatThrownBy(() -> run("update contacts set tidemark_id = 77 where van_id = 1"))
                .hasMessageContaining("stream contacts: tidemark_id cannot be changed");
        assertThat(changes()).isEmpty();
    }

    @Test
    void theBridgesOwnWritesAreNotCaptured() {
        people();
        List<String> before = rows("select tidemark_synced_at from contacts order by van_id");

        assertThat(load(HEADER + "1,Anna,2,,\n3,Cy,3,,yes\n4,Di,1,,\n").updated())
                .isEqualTo(1);
        database.inTransaction(connection -> database.marked(connection, "contacts", marked -> {
            execute(marked, "update contacts set van_id = 20 where van_id = 2");
            execute(marked, "delete from contacts where van_id = 1");
            return execute(marked, "insert into contacts (van_id, tidemark_synced_at) values (6, current_timestamp)");
        }));

        assertThat(changes()).isEmpty();
        assertThat(rows("select tidemark_synced_at from contacts where van_id = 20"))
                .isEqualTo(before.subList(1, 2));
    }

    @Test
    void theMarkEndsWithTheWorkAndIsForOneStream() {
        people();
        database.inTransaction(connection -> {
            database.marked(
                    connection, "others", marked -> execute(marked, "update contacts set amount = 9 where van_id = 1"));
            database.marked(
                    connection,
                    "contacts",
                    marked -> execute(marked, "update contacts set amount = 9 where van_id = 2"));
            return execute(connection, "update contacts set amount = 9 where van_id = 3");
        });
        assertThat(changes()).hasSize(2);
        assertThatThrownBy(() -> database.inTransaction(connection ->
                        database.marked(connection, "contacts", marked -> execute(marked, "update nowhere set a = 1"))))
                .isInstanceOf(DatabaseException.class);

        run("delete from tidemark_change", "update contacts set amount = 10", "update contacts set amount = 11");

        assertThat(changes()).hasSize(3);
    }

    static int execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Test
    void whatIsRolledBackLeavesNothing() {
        people();
        assertThatThrownBy(() -> run(
                        "update contacts set first_name = 'x'",
                        "delete from contacts where van_id = 1",
                        "insert into contacts (first_name) values ('y')",
                        "insert into contacts (van_id) values (2)"))
                .isInstanceOf(DatabaseException.class);

        assertThat(changes()).isEmpty();
        assertThat(rows("select count(*) from contacts where tidemark_synced_at is null"))
                .containsExactly("0");
    }

    @Test
    void twoTransactionsEditSideBySide() throws Exception {
        people();
        CompletableFuture<Void> other;
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "update contacts set first_name = 'first' where van_id = 1");
            run("update contacts set first_name = 'other row' where van_id = 2");
            other = CompletableFuture.runAsync(
                    () -> run("update contacts set first_name = 'second', amount = 5 where van_id = 1"));
            connection.commit();
        }
        other.get(120, TimeUnit.SECONDS);

        assertThat(changes())
                .containsExactlyInAnyOrder(
                        "update|pending|1|amount=1.5000,first_name=\"Ann\"", "update|pending|2|first_name=\"Bob\"");
    }

    @Test
    void bulkEditsAreNotedRowByRow() {
        load(HEADER + LoadContract.lines(1, 3_000, "Ann,1,,"));

        run("update contacts set first_name = 'n' || van_id where van_id <= 2000");
        run("update contacts set amount = van_id where van_id > 1000");
        run("delete from contacts where van_id > 2900");

        assertThat(rows("select kind, count(*), count(distinct version), count(distinct row_id) from tidemark_change"
                        + " group by kind order by kind"))
                .containsExactly("delete|100|100|100", "update|2900|2900|2900");
        assertThat(changes().get(1_500)).isEqualTo("update|pending|1501|amount=1.0000,first_name=\"Ann\"");
    }

    @Test
    void compositeStatementsAreSeen() {
        people();

        run("insert into contacts (first_name, amount) select first_name, amount from contacts where van_id < 3");
        run("""
                merge into contacts t using (select 1 as id, 'Merged' as name union all select 50, 'New') s on t.van_id = s.id
                when matched then update set first_name = s.name
                when not matched then insert (van_id, first_name) values (s.id, s.name)""");

        assertThat(changes())
                .containsExactlyInAnyOrder(
                        "insert|pending||",
                        "insert|pending||",
                        "update|pending|1|first_name=\"Ann\"",
                        "insert|pending|50|");
    }

    @Test
    void oddNamesAndValuesAreNamesAndValues() {
        String odd = "O'dd \"$tidemark$ select\\ name;--";
        stream.name = "my-odd-stream";
        stream.table = "Sel\"ect; 'x'";
        stream.fields.add(new Field("Order", FieldType.TEXT, true));
        stream.fields.add(new Field("MiXed", FieldType.TEXT, true));
        stream.columns.put("MiXed", odd);
        String table = database.dialect().quote(stream.table);
        String column = database.dialect().quote(odd);
        run("create table " + table + " (van_id bigint, " + column + " varchar(100), \"order\" varchar(30))");
        load("VanID,MiXed,Order\n1,\"it's \"\"quoted\"\"\r\n\\ \u00e9\uD83D\uDE00\",a\n");

        run("update " + table + " set " + column + " = 'b', \"order\" = 'c'");

        List<String> names = rows("select base from tidemark_change where stream = 'my-odd-stream'");
        assertThat(names).hasSize(1);
        try {
            assertThat(Images.read(names.get(0)).get(odd).textValue())
                    .isEqualTo("it's \"quoted\"\r\n\\ \u00e9\uD83D\uDE00");
            assertThat(Images.read(names.get(0)).get("order").textValue()).isEqualTo("a");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isEmpty();
    }

    @Test
    void everyTypesOldValueCanBeReadAgain() throws SQLException {
        Map<String, String> values = Map.ofEntries(
                Map.entry("boolean", "true"),
                Map.entry("smallint", "-3"),
                Map.entry("integer", "2147483647"),
                Map.entry("bigint", "-9223372036854775808"),
                Map.entry("numeric", "98765432109876543210987654321.5"),
                Map.entry("numeric(19,4)", "1234.5000"),
                Map.entry("double precision", "1500.25"),
                Map.entry("text", "t"),
                Map.entry("date", "0001-01-01"),
                Map.entry("timestamp", "2024-03-31T02:30:00.120000"),
                Map.entry("timestamp with time zone", "2024-01-02T03:04:05.123456-05:00"),
                Map.entry("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        var header = new StringBuilder("VanID");
        var line = new StringBuilder("1");
        var nulls = new StringBuilder();
        int number = 0;
        for (var each : values.entrySet()) {
            String field = "c" + number++;
            stream.types.put(field, each.getKey());
            stream.fields.add(new Field(field, FieldType.TEXT, true));
            header.append(',').append(field);
            line.append(',').append(each.getValue());
            nulls.append(nulls.isEmpty() ? "" : ", ").append(field).append(" = null");
        }
        load(header + "\n" + line + "\n");

        run("update contacts set " + nulls);

        var base = Images.read(rows("select base from tidemark_change").get(0));
        number = 0;
        for (var each : values.entrySet()) {
            var reader = ColumnType.parse(each.getKey()).reader(ZoneOffset.UTC);
            String held = base.get(database.dialect().fold("c" + number++)).asText();
            Object read = reader.read(held);
            Object wanted = reader.read(each.getValue());
            if (read instanceof BigDecimal decimal && wanted instanceof BigDecimal other) {
                assertThat(decimal).as(each.getKey()).isEqualByComparingTo(other);
            } else {
                assertThat(read).as(each.getKey()).isEqualTo(wanted);
            }
            assertThat(base.get(database.dialect().fold("c" + (number - 1))).isNumber())
                    .as(each.getKey())
                    .isEqualTo(each.getKey().matches("(small|big)?int.*|numeric.*|double.*"));
            assertThat(base.get(database.dialect().fold("c" + (number - 1))).isBoolean())
                    .isEqualTo(each.getKey().equals("boolean"));
        }
    }

    @Test
    void tableAndBridgeMayLiveInSchemasOfTheirOwn() {
        database.close();
        DatabaseSettings plain = fresh(folder);
        String home = plain.url().startsWith("jdbc:h2:") ? "BRIDGE" : "bridge";
        try (Database first = Database.open(plain)) {
            database = first;
            run("create schema bridge", "create schema shop");
        }
        database = Database.open(
                new DatabaseSettings(plain.url(), plain.username(), plain.password(), 4, Optional.of(home), true));
        new Migrations(database).run();
        stream.table = "shop.contacts";
        load(HEADER + "1,Ann,1,,\n");

        run("update shop.contacts set first_name = 'Anna'");

        assertThat(rows("select kind, record_key from bridge.tidemark_change")).containsExactly("update|1");
        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isEmpty();
        assertThat(new Removal(database).run("contacts", stream.settings())).contains("1 local change");
        run("update shop.contacts set first_name = 'free'");
        assertThat(rows("select count(*) from bridge.tidemark_change")).containsExactly("0");
    }

    @Test
    void aNewColumnIsWatchedFromThenOn() {
        people();
        load("VanID,FirstName,ShoeSize\n1,Ann,38\n");

        run("update contacts set shoe_size = '39' where van_id = 1");

        assertThat(changes()).containsExactly("update|pending|1|shoe_size=\"38\"");
        stream.fields.add(new Field("ShoeSize", FieldType.TEXT, true));
        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isEmpty();
    }

    @Test
    void aTriggerThatIsMissingIsMadeAgain() {
        people();
        String drop = database.inTransaction(connection ->
                new Capture(connection, database).remove("contacts").get(0));
        run(drop);

        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isNotEmpty();
        target();

        run("update contacts set first_name = 'x'", "delete from contacts where van_id = 1");
        assertThat(changes()).hasSize(3);
    }

    @Test
    void anInboundStreamIsNotCapturedAnyMore() {
        people();
        stream.direction = Direction.INBOUND;
        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isNotEmpty()
                .allMatch(statement -> statement.startsWith("drop "));
        target();

        run("update contacts set first_name = 'x'", "update contacts set van_id = 9 where van_id = 1");

        assertThat(changes()).isEmpty();
        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isEmpty();
        stream.direction = Direction.OUTBOUND;
        target();
        run("update contacts set first_name = 'y'");
        assertThat(changes()).hasSize(3);
    }

    @Test
    void anotherTableTakesTheTriggersAlong() {
        people();
        stream.table = "others";
        target();

        run("update contacts set first_name = 'x'", "insert into others (first_name) values ('y')");

        assertThat(changes()).containsExactly("insert|pending||");
    }

    @Test
    void anUninstalledStreamLeavesTheTableAlone() {
        people();
        run(
                "update contacts set first_name = 'x'",
                "insert into tidemark_conflict (stream, "
                        + database.dialect().quote(database.dialect().fold("key"))
                        + ", field, rule, outcome, created_at) values ('contacts', '1', 'f', 'r', 'o', current_timestamp)");

        assertThat(new Removal(database).run("contacts", null))
                .contains("3 local changes", "1 conflict of its history");

        run("update contacts set van_id = 9 where van_id = 1", "truncate table contacts");
        assertThat(rows("select stream from tidemark_change union all select stream from tidemark_capture"
                        + " union all select stream from tidemark_conflict"))
                .isEmpty();
        assertThat(new Removal(database).run("contacts", null)).isEmpty();
    }

    @Test
    void theStatementsOfCheckSetItUpForAnAccountThatMayNot() {
        List<String> statements = Target.statements(database, stream.settings(), stream.shape());
        run(statements.toArray(String[]::new));

        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isEmpty();
        run("insert into contacts (first_name) values ('x')");
        assertThat(changes()).hasSize(1);
    }

    @Test
    void anotherConnectionIsCapturedAndNotMarkedByOurs() throws SQLException {
        people();
        DatabaseSettings settings = database.settings();
        try (Connection user = DriverManager.getConnection(settings.url(), settings.username(), settings.password())) {
            database.inTransaction(connection -> database.marked(connection, "contacts", marked -> {
                execute(marked, "update contacts set amount = 9 where van_id = 1");
                return execute(user, "update contacts set first_name = 'by hand' where van_id = 2");
            }));
        }
        assertThat(changes()).containsExactly("update|pending|2|first_name=\"Bob\"");
    }
}
