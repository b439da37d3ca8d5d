package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.StreamSettings.SchemaChanges;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a stream's table, on every database. */
abstract class TargetContract extends DialectContract {

    @Test
    void aTableIsMadeWhoseNamesNeedNoQuotes() {
        target();

        run(
                "insert into contacts (van_id, first_name, amount, date_changed) values (1, 'Ann', 1.5, current_timestamp)");
        assertThat(rows("select tidemark_id, tidemark_synced_at, tidemark_deleted_at from contacts_current"))
                .containsExactly("1||");
    }

    @Test
    void preparingTwiceChangesNothing() {
        target();

        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isEmpty();
    }

    @Test
    void theStatementsOfASetUpAreToldWithoutRunningThem() {
        List<String> statements = Target.statements(database, stream.settings(), stream.shape());

        assertThat(statements).hasSize(4);
        assertThat(statements.get(0)).startsWith("create table ");
        assertThat(statements.get(1)).contains(" unique (");
        assertThat(statements.get(2)).startsWith("create or replace view ");
        assertThat(statements.get(3)).contains(database.dialect().fold("tidemark_staging_contacts"));
        run(statements.toArray(String[]::new));
        assertThat(target().table()).isEqualToIgnoringCase("public.contacts");
    }

    @Test
    void withoutTheRightToMakeTablesTheMissingOnesAreNamed() {
        database.close();
        DatabaseSettings settings = fresh(folder);
        database = Database.open(settings);
        new Migrations(database).run();
        try (Database strict = Database.open(new DatabaseSettings(
                settings.url(), settings.username(), settings.password(), 2, Optional.empty(), false))) {
            assertThatThrownBy(() -> Target.prepare(strict, stream.settings(), stream.shape(), ZoneOffset.UTC))
                    .isInstanceOf(LoadException.class)
                    .hasMessageStartingWith(
                            "stream contacts: tidemark.database.ddl is off and 4 statements have not been"
                                    + " run, the first of them: create table ")
                    .hasMessageEndingWith("Run what 'tidemark check --ddl' prints, or set tidemark.database.ddl=on");
            target();
            assertThat(Target.prepare(strict, stream.settings(), stream.shape(), ZoneOffset.UTC)
                            .table())
                    .isEqualToIgnoringCase("public.contacts");
        }
    }

    @Test
    void anExistingTableIsUsedAsItIs() {
        run(
                "create table contacts (id integer primary key, van_id bigint not null, first_name varchar(10), shoe_size"
                        + " integer default 42 not null, amount numeric(10, 2), date_changed timestamp, notes varchar(5))",
                "insert into contacts (id, van_id, first_name, shoe_size) values (7, 1, 'Ann', 38)");
        stream.columns.put("Extra", "notes");
        stream.fields.add(new Field("Key", FieldType.INTEGER, true));
        stream.columns.put("Key", "id");

        LoadCounts counts =
                load("VanID,FirstName,Key,Extra\n1,Anna,7,x\n2,Bob,8,\n3,A name too long,9,\n4,Di,,too long\n");

        assertThat(counts).isEqualTo(new LoadCounts(4, 1, 1, 0, 0, 2, 0, List.of()));
        assertThat(rows("select id, van_id, first_name, shoe_size, notes from contacts order by id"))
                .containsExactly("7|1|Anna|38|x", "8|2|Bob|42|");
        assertThat(rows("select count(distinct tidemark_id) from contacts")).containsExactly("2");
        assertThat(rows("select column_name, reason from tidemark_reject order by line"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("FirstName|");
    }

    @Test
    void anExistingTableIsFoundWithoutRegardToCase() {
        run("create table \"Contacts\" (\"VAN_Id\" bigint, \"first_Name\" varchar(20))");
        stream.table = "contacts";

        load(HEADER + "1,Ann,,,\n");

        assertThat(rows("select \"VAN_Id\", \"first_Name\" from \"Contacts\"")).containsExactly("1|Ann");
    }

    @Test
    void doubledKeysAreRefused() {
        run("create table contacts (van_id bigint)", "insert into contacts values (1), (5), (5)");

        assertThatThrownBy(this::target)
                .isInstanceOf(LoadException.class)
                .hasMessage(
                        "stream contacts: table contacts has several rows with the key 5; remove all but one of each"
                                + " key, or name other key fields in tidemark.streams.contacts.key");
    }

    @Test
    void aColumnThatNobodyFillsIsRefused() {
        run("create table contacts (van_id bigint, branch varchar(10) not null)");

        assertThatThrownBy(this::target)
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("which is NOT NULL without a default, and no field of the export fills it");
    }

    @Test
    void aColumnOfAnUnknownTypeIsRefused() {
        run("create table contacts (van_id bigint, first_name char(10))");

        assertThatThrownBy(this::target)
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("stream contacts: table contacts has column ")
                .hasMessageContaining(
                        "of type character(10), which cannot be filled with FirstName: 'character(10)' is no"
                                + " type that can be filled; choose one of boolean,");
    }

    @Test
    void aTableWithoutTheKeyIsRefused() {
        run("create table contacts (first_name varchar(10))");

        assertThatThrownBy(this::target)
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("for the key field VanID; add it, or name the column that holds the key in"
                        + " tidemark.streams.contacts.columns.VanID");
    }

    @Test
    void anEmptyCellForARequiredColumnIsAReject() {
        run("create table contacts (van_id bigint, first_name varchar(20) not null)");

        assertThat(load(HEADER + "1,,,,\n2,Bob,,,\n").rejected()).isEqualTo(1);
        assertThatThrownBy(() -> load("VanID,Amount\n3,1\n"))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("the export has no field FirstName, but column ");
    }

    @Test
    void aNewFieldGetsAColumn() {
        load(HEADER + "1,Ann,,,\n");

        load("VanID,FirstName,ShoeSize\n1,Ann,38\n2,Bob,\n");

        assertThat(rows("select van_id, first_name, shoe_size from contacts_current order by van_id"))
                .containsExactly("1|Ann|38", "2|Bob|");
        assertThat(load("VanID,ShoeSize\n1,39\n").updated()).isEqualTo(1);
    }

    @Test
    void aNewFieldIsIgnoredWhereTheStreamSaysSo() {
        stream.schemaChanges = SchemaChanges.IGNORE;
        load(HEADER + "1,Ann,,,\n");

        assertThat(load("VanID,FirstName,ShoeSize\n1,Anna,38\n").updated()).isEqualTo(1);
        assertThatThrownBy(() -> rows("select shoe_size from contacts")).isInstanceOf(DatabaseException.class);
    }

    @Test
    void aNewFieldFailsTheCycleWhereTheStreamSaysSo() {
        load(HEADER + "1,Ann,,,\n");
        stream.schemaChanges = SchemaChanges.FAIL;

        assertThatThrownBy(() -> load("VanID,FirstName,ShoeSize\n1,Anna,38\n"))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("for the export's field ShoeSize, and schema-changes is fail");
        assertThat(rows("select first_name from contacts")).containsExactly("Ann");
    }

    @Test
    void hostileNamesAreNamesAndNothingElse() {
        String quotes = "x\"; drop table tidemark_stream; --";
        String other = "select";
        String wide = "w".repeat(200);
        stream.table = "ta\"ble; --";
        stream.columns.put("Evil", quotes);
        stream.fields.add(new Field("Evil", FieldType.TEXT, true));
        stream.fields.add(new Field(other, FieldType.TEXT, true));

        LoadCounts counts =
                load("VanID,Evil," + other + "," + wide + "," + wide + "x,\"a\"\"b\",a_b,A_B\n1,a,b,c,d,e,f,g\n");

        assertThat(counts.inserted()).isEqualTo(1);
        String table = database.dialect().quote(database.dialect().fold(stream.table));
        assertThat(rows("select * from " + table).get(0))
                .startsWith("1|1||||a|b|")
                .endsWith("|c|d|e|f|g");
        assertThat(rows("select count(*) from tidemark_stream")).containsExactly("0");
    }

    @Test
    void twinsKeepTheirColumnsInEveryOrder() {
        load("VanID,Name,name\n1,upper,lower\n");

        load("VanID,name,Name\n1,lower 2,upper 2\n");

        String twin = Names.twin("name");
        assertThat(rows("select name, " + twin + " from contacts")).containsExactly("upper 2|lower 2");
    }

    @Test
    void twoSchemasMayHaveTheSameTable() {
        run(
                "create schema one",
                "create schema two",
                "create table two.contacts (van_id bigint, first_name varchar(3))");
        stream.table = "one.contacts";
        load(HEADER + "1,Long name,,,\n");
        stream.name = "others";
        stream.table = "two.contacts";

        assertThat(load(HEADER + "2,Ann,,,\n3,Long name,,,\n").rejected()).isEqualTo(1);

        assertThat(rows("select van_id, first_name from one.contacts")).containsExactly("1|Long name");
        assertThat(rows("select van_id, first_name from two.contacts_current")).containsExactly("2|Ann");
        assertThat(rows("select count(*) from tidemark_staging_others")).containsExactly("0");
    }

    @Test
    void aSchemaThatIsNotThereIsSaid() {
        stream.table = "nowhere.contacts";

        assertThatThrownBy(this::target)
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("the database has no schema nowhere");
    }

    @Test
    void aKeyMayHaveSeveralColumns() {
        stream.key = List.of("VanID", "FirstName");

        load(HEADER + "1,Ann,1,,\n1,Bob,2,,\n");

        assertThat(load(HEADER + "1,Ann,1,,\n1,Bob,3,,\n2,Ann,1,,\n2,Ann,4,,\n"))
                .isEqualTo(new LoadCounts(
                        4,
                        1,
                        1,
                        1,
                        0,
                        0,
                        1,
                        List.of(
                                "several records of one key differ and no time says which is the latest, so the last one is"
                                        + " kept: 2/Ann")));
    }

    @Test
    void aRowMayExistBeforeItHasAKey() {
        load(HEADER + "1,Ann,1,,\n");
        run("insert into contacts (first_name) values ('local'), ('local too')");

        assertThat(load(HEADER + "1,Ann,1,,\n2,Bob,1,,\n").inserted()).isEqualTo(1);
        assertThat(rows("select count(*) from contacts")).containsExactly("4");
    }

    @Test
    void keysAreListedInTheirOrder() {
        load(HEADER + "10,,,,\n9,,,,\n11,,,,\n100,,,,\n");
        Target target = target();

        assertThat(target.keysAfter(null, 2)).containsExactly("9", "10");
        assertThat(target.keysAfter("10", 5)).containsExactly("11", "100");
        assertThat(target.keysBetween("9", "11")).containsExactly("10", "11");
        assertThat(target.keysBetween(null, "10")).containsExactly("9", "10");
    }
}
