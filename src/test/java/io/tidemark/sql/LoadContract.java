package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.csv.CsvException;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Brake;
import io.tidemark.settings.StreamSettings.CountMismatch;
import io.tidemark.settings.StreamSettings.Deletes;
import io.tidemark.stream.Allowance;
import io.tidemark.stream.CycleKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load does, on every database. */
abstract class LoadContract extends DialectContract {
    private static final String CONTACTS = "select van_id, first_name, amount from contacts order by van_id";

    /** Ends the database, or its connections, under whoever uses it. */
    abstract void kill();

    /** Statements that make table contacts store each first_name in capitals, and what takes that back. */
    abstract List<String> capitals();

    @Test
    void newRecordsBecomeRows() {
        LoadCounts counts = load(HEADER + "1,Ann,1.50,2024-01-01T00:00:00Z,\n2,Bob,,2024-01-01T00:00:00Z,\n");

        assertThat(counts).isEqualTo(new LoadCounts(2, 2, 0, 0, 0, 0, 0, List.of()));
        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.5000", "2|Bob|");
        assertThat(rows("select tidemark_id from contacts where tidemark_synced_at is null"))
                .isEmpty();
    }

    @Test
    void onlyRecordsThatDifferAreWritten() {
        load(HEADER + "1,Ann,1.50,,\n2,Bob,2,,\n3,Cy,3,,\n");
        List<String> before = rows("select van_id, tidemark_synced_at from contacts where van_id <> 2 order by van_id");

        LoadCounts counts = load(HEADER + "1,Ann,1.5000,,\n2,Rob,2,,\n3,Cy,3.0,,\n4,Di,4,,\n");

        assertThat(counts).isEqualTo(new LoadCounts(4, 1, 1, 2, 0, 0, 0, List.of()));
        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.5000", "2|Rob|2.0000", "3|Cy|3.0000", "4|Di|4.0000");
        assertThat(rows("select van_id, tidemark_synced_at from contacts where van_id in (1, 3) order by van_id"))
                .isEqualTo(before);
    }

    @Test
    void anEmptyTextInTheTableEqualsNoValue() {
        load(HEADER + "1,Ann,1,,\n");
        run("update contacts set first_name = ''");

        assertThat(load(HEADER + "1,,1,,\n").unchanged()).isEqualTo(1);
        assertThat(load(HEADER + "1,\"\",1,,\n").unchanged()).isEqualTo(1);
    }

    @Test
    void aDeletionThatComesWithItsKeyAloneKeepsTheRowsValues() {
        stream.bareDeletions = true;
        load(HEADER + "1,Ann,1.50,2024-01-01T00:00:00Z,\n2,Bob,2,2024-01-01T00:00:00Z,\n");

        LoadCounts counts = load(HEADER + "1,,,2024-02-01T00:00:00Z,yes\n3,,,2024-02-01T00:00:00Z,yes\n");

        assertThat(counts.deleted()).isEqualTo(1);
        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.5000", "2|Bob|2.0000");
        assertThat(rows("select van_id from contacts where tidemark_deleted_at is not null"))
                .containsExactly("1");
    }

    @Test
    void theLatestRecordOfAKeyWins() {
        LoadCounts counts = load(
                HEADER + "1,old,1,2024-01-01T00:00:00Z,\n1,newest,1,2024-03-01T00:00:00Z,\n",
                HEADER + "1,middle,1,2024-02-01T00:00:00Z,\n2,only,1,2024-02-01T00:00:00Z,\n");

        assertThat(counts).isEqualTo(new LoadCounts(4, 2, 0, 0, 0, 0, 2, List.of()));
        assertThat(rows(CONTACTS)).containsExactly("1|newest|1.0000", "2|only|1.0000");
    }

    @Test
    void theLastRecordOfAKeyWinsWhereNoTimeDecidesAndThatIsSaid() {
        LoadCounts counts = load(HEADER + "1,first,1,,\n2,same,2,,\n", HEADER + "1,last,1,,\n2,same,2,,\n");

        assertThat(rows(CONTACTS)).containsExactly("1|last|1.0000", "2|same|2.0000");
        assertThat(counts.warnings())
                .containsExactly(
                        "several records of one key differ and no time says which is the latest, so the last one"
                                + " is kept: 1");
    }

    @Test
    void aDeletedRecordIsMarkedAndComesBackToLife() {
        load(HEADER + "1,Ann,1,,\n2,Bob,2,,\n");

        LoadCounts deleted = load(HEADER + "1,Ann,1,,yes\n3,Never seen,3,,yes\n");
        assertThat(deleted).isEqualTo(new LoadCounts(2, 1, 0, 0, 1, 0, 0, List.of()));
        assertThat(rows("select van_id from contacts_current")).containsExactly("2");

        assertThat(load(HEADER + "1,Ann,1,,yes\n").unchanged()).isEqualTo(1);
        assertThat(load(HEADER + "1,Ann B,1,,yes\n").updated()).isEqualTo(1);

        LoadCounts alive = load(HEADER + "1,Ann B,1,,\n");
        assertThat(alive.updated()).isEqualTo(1);
        assertThat(rows("select van_id from contacts_current order by van_id")).containsExactly("1", "2");
    }

    @Test
    void aDeletedRecordIsDeletedWhereTheStreamSaysSo() {
        stream.deletes = Deletes.DELETE;
        load(HEADER + "1,Ann,1,,\n2,Bob,2,,\n");

        LoadCounts counts = load(HEADER + "1,Ann,1,,yes\n2,Rob,2,,\n3,Never seen,3,,yes\n");

        assertThat(counts).isEqualTo(new LoadCounts(3, 0, 1, 1, 1, 0, 0, List.of()));
        assertThat(rows(CONTACTS)).containsExactly("2|Rob|2.0000");
    }

    @Test
    void aDeletionIsIgnoredWhereTheStreamSaysSo() {
        stream.deletes = Deletes.IGNORE;

        assertThat(load(HEADER + "1,Ann,1,,yes\n").inserted()).isEqualTo(1);
        assertThat(rows("select van_id from contacts where tidemark_deleted_at is null"))
                .containsExactly("1");
    }

    @Test
    void badRowsAreKeptWithTheirReasonAndTheRestIsLoaded() {
        LoadCounts counts = load(HEADER + "1,Ann,1,,\nx,Bob,2,,\n3,Cy,many,,\n4,Di,4,,\n");

        assertThat(counts).isEqualTo(new LoadCounts(4, 2, 0, 0, 0, 2, 0, List.of()));
        assertThat(rows("select stream, cycle_id, file, line, column_name, raw from tidemark_reject order by id"))
                .containsExactly("contacts|7|file 1|3|VanID|x,Bob,2,,", "contacts|7|file 1|4|Amount|3,Cy,many,,");
    }

    @Test
    void tooManyRejectsFailTheCycleAndCanStillBeKept() {
        stream.rejectsMost = 2;
        try (Load load = opened()) {
            assertThatThrownBy(() -> stage(load, HEADER + "a,,,,\nb,,,,\nc,,,,\n"))
                    .isInstanceOf(LoadException.class)
                    .hasMessage(
                            "stream contacts: more than 2 rejects, the latest in file 1, line 4, field VanID: is no"
                                    + " whole number from -9223372036854775808 to 9223372036854775807. Correct the cause, or raise tidemark.streams.contacts.rejects-most");
            assertThat(load.rejects()).hasSize(2);
            load.keepRejects();
        }
        assertThat(rows("select line from tidemark_reject order by line")).containsExactly("2", "3");
        assertThat(rows(CONTACTS)).isEmpty();
    }

    @Test
    void anotherNumberOfRecordsThanAnnouncedStoresNothing() {
        assertThatThrownBy(() -> load(OptionalLong.of(3), HEADER + "1,Ann,1,,\nx,,,,\n"))
                .isInstanceOfSatisfying(CountMismatchException.class, mismatch -> {
                    assertThat(mismatch.announced()).isEqualTo(3);
                    assertThat(mismatch.read()).isEqualTo(2);
                })
                .hasMessageStartingWith("stream contacts: 3 records were announced, 2 came.");
        assertThat(rows(CONTACTS)).isEmpty();
        assertThat(rows("select * from tidemark_reject")).isEmpty();
    }

    @Test
    void anotherNumberIsAWarningWhereTheStreamAcceptsIt() {
        stream.countMismatch = CountMismatch.ACCEPT;

        LoadCounts counts = load(OptionalLong.of(3), HEADER + "1,Ann,1,,\n");

        assertThat(counts.warnings()).containsExactly("3 records were announced, 1 came");
        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.0000");
    }

    @Test
    void goodRejectedAndDuplicateRecordsTogetherMakeTheCount() {
        assertThat(load(OptionalLong.of(4), HEADER + "1,Ann,1,,\n1,Ann,1,,\nx,,,,\n2,Bob,,,\n")
                        .duplicate())
                .isEqualTo(1);
    }

    @Test
    void manyRecordsAreCountedLikeFew() {
        load(HEADER + lines(1, 6_000, "Ann,1,,"));

        assertThat(load(HEADER + lines(1, 12_000, "Bob,1,,")))
                .isEqualTo(new LoadCounts(12_000, 6_000, 6_000, 0, 0, 0, 0, List.of()));
        assertThat(load(HEADER + lines(1, 12_000, "Bob,1,,")).unchanged()).isEqualTo(12_000);
        assertThat(load(HEADER + lines(1, 11_999, "Bob,1,,") + "12000,Cy,1,,\n12001,Di,1,,\n"))
                .isEqualTo(new LoadCounts(12_001, 1, 1, 11_999, 0, 0, 0, List.of()));
        assertThat(load(HEADER + lines(1, 12_000, "Eve,1,,") + lines(20_001, 20_050, "Eve,1,,yes")))
                .isEqualTo(new LoadCounts(12_050, 50, 12_000, 0, 0, 0, 0, List.of()));
        assertThat(rows("select count(*) from contacts_current")).containsExactly("12001");
    }

    @Test
    void aHeaderAloneIsAnEmptyExport() {
        assertThat(load(HEADER)).isEqualTo(new LoadCounts(0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void theBrakeStopsACycleThatWouldBlankTooMuch() {
        load(HEADER + lines(1, 1_000, "Ann,1,,"));

        assertThatThrownBy(() -> load(HEADER + lines(1, 201, ",1,,")))
                .isInstanceOfSatisfying(BrakeException.class, brake -> {
                    assertThat(brake.blanked()).isEqualTo(201);
                    assertThat(brake.deleted()).isZero();
                })
                .hasMessageStartingWith("stream contacts: this cycle would delete 0 and blank 201 of the 1000 rows");
        assertThat(rows("select 1 from contacts where first_name is null")).isEmpty();
        assertThat(load(HEADER + lines(1, 200, ",1,,")).updated()).isEqualTo(200);
    }

    @Test
    void theBrakeStopsACycleThatWouldDeleteTooMuch() {
        load(HEADER + lines(1, 1_000, "Ann,1,,"));

        assertThatThrownBy(() -> load(HEADER + lines(1, 201, "Ann,1,,yes")))
                .isInstanceOfSatisfying(
                        BrakeException.class,
                        brake -> assertThat(brake.deleted()).isEqualTo(201));
        assertThat(rows("select 1 from contacts where tidemark_deleted_at is not null"))
                .isEmpty();
        assertThat(load(HEADER + lines(1, 200, "Ann,1,,yes")).deleted()).isEqualTo(200);
    }

    @Test
    void whatAPersonAcceptedPassesTheBrakeAndNoMore() {
        load(HEADER + lines(1, 1_000, "Ann,1,,"));

        assertThatThrownBy(() -> accepted(new Allowance(0, 300), HEADER + lines(1, 301, ",1,,")))
                .isInstanceOf(BrakeException.class);
        assertThat(accepted(new Allowance(0, 301), HEADER + lines(1, 301, ",1,,"))
                        .updated())
                .isEqualTo(301);
    }

    @Test
    void theBrakeCanBeOff() {
        stream.brake = new Brake.Off();
        load(HEADER + lines(1, 300, "Ann,1,,"));

        assertThat(load(HEADER + lines(1, 300, "Ann,1,,yes")).deleted()).isEqualTo(300);
    }

    @Test
    void aRehearsalWritesNothingAndSaysWhatWouldBeMade() {
        LoadCounts foreseen = rehearse(OptionalLong.empty(), HEADER + "1,Ann,1,,\n2,Bob,2,,yes\nx,,,,\n")
                .orElseThrow();

        assertThat(foreseen.inserted()).isEqualTo(2);
        assertThat(foreseen.rejected()).isEqualTo(1);
        assertThat(foreseen.warnings())
                .singleElement()
                .asString()
                .startsWithIgnoringCase("table public.contacts is not there yet; it would be created with the columns"
                        + " van_id bigint, first_name ");
        assertThat(rows("select table_name from information_schema.tables where lower(table_name) in"
                        + " ('contacts', 'contacts_current', 'tidemark_staging_contacts', 'tidemark_rehearsal')"))
                .isEmpty();
        assertThat(rows("select * from tidemark_reject")).isEmpty();
    }

    @Test
    void aRehearsalCountsAgainstATableOfTheUsersWithoutTouchingIt() {
        run(
                "create table contacts (van_id bigint not null, first_name varchar(20))",
                "insert into contacts values (1, 'Ann'), (2, 'Bob'), (3, 'Cy')");

        LoadCounts foreseen = rehearse(OptionalLong.empty(), HEADER + "1,Ann,,,\n2,Bob,2,,\n3,Cy,,,yes\n4,Di,,,\n")
                .orElseThrow();

        assertThat(foreseen)
                .usingRecursiveComparison()
                .ignoringFields("warnings")
                .isEqualTo(new LoadCounts(4, 1, 1, 1, 1, 0, 0, List.of()));
        assertThat(foreseen.warnings())
                .singleElement()
                .asString()
                .startsWithIgnoringCase("table public.contacts would get the columns amount numeric(19");
        assertThat(rows("select * from contacts order by 1")).containsExactly("1|Ann", "2|Bob", "3|Cy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp with time zone", "timestamp"})
    void whatAWindowShouldHaveShownAndDidNotIsTold(String type) {
        stream.types.put("DateChanged", type);
        load(HEADER + """
                1,before,1,2024-01-31T23:59:59Z,
                2,start,1,2024-02-01T00:00:00Z,
                3,shown,1,2024-02-02T00:00:00Z,
                4,deleted,1,2024-02-02T00:00:00Z,
                5,timeless,1,,
                6,late,1,2024-02-29T23:59:59Z,
                7,end,1,2024-03-01T00:00:00Z,
                """);
        load(HEADER + "4,deleted,1,2024-02-02T00:00:00Z,yes\n");
        run("update contacts set van_id = null where van_id = 7");
        run("insert into contacts (van_id, date_changed) values (8, timestamp '2024-03-01 00:00:00')");

        try (Load load = opened()) {
            Instant from = Instant.parse("2024-02-01T00:00:00Z");
            Instant to = Instant.parse("2024-03-01T00:00:00Z");
            assertThat(load.unseen(from, to)).containsExactly("2", "3", "6");

            stage(load, HEADER + "3,shown,1,2024-02-02T00:00:00Z,\n9,new,1,2024-02-02T00:00:00Z,\n");

            assertThat(load.unseen(from, to)).containsExactly("2", "6");
            assertThat(load.unseen(null, "5")).containsExactly("1", "2", "5");
            assertThat(load.unseen("1", "6")).containsExactly("2", "5", "6");
            load.gone("6");
            assertThat(load.commit(OptionalLong.empty(), nothing()).deleted()).isEqualTo(1);
        }
        assertThat(rows("select van_id from contacts where tidemark_deleted_at is not null order by van_id"))
                .containsExactly("4", "6");
    }

    /** On the clock of the zone, not of Utc. */
    @Test
    void aColumnWithoutAZoneHoldsTimesOfTheSourcesZone() {
        stream.types.put("DateChanged", "timestamp");
        ZoneId zone = ZoneId.of("America/Chicago");
        Target target = Target.prepare(database, stream.settings(), stream.shape(), zone);
        try (Load load = new Loader(database).open(target, CYCLE, null, null)) {
            stage(load, HEADER + "1,Ann,1,2024-02-01T00:00:00Z,\n");
            load.commit(OptionalLong.empty(), nothing());
        }

        assertThat(rows("select date_changed from contacts")).containsExactly("2024-01-31 18:00:00");
        Instant changed = Instant.parse("2024-02-01T00:00:00Z");
        try (Load load = new Loader(database).open(target, CYCLE, null, null)) {
            assertThat(load.unseen(changed, changed.plusSeconds(1))).containsExactly("1");
            assertThat(load.unseen(changed.minusSeconds(1), changed)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"timestamp, true", "timestamp with time zone, true", "text, false", "date, false"})
    void onlyAColumnOfTimesTellsWhenARecordChanged(String type, boolean tells) {
        stream.types.put("DateChanged", type);
        assertThat(target().tellsChange()).isEqualTo(tells);
    }

    @Test
    void withoutItsColumnNothingTellsWhenARecordChanged() {
        stream.columns.put("DateChanged", StreamSettings.LEFT_OUT);
        assertThat(target().tellsChange()).isFalse();
    }

    @Test
    void aRehearsalLeavesTheStagingOfACycleAlone() {
        try (Load cycle = opened()) {
            stage(cycle, HEADER + "1,Ann,1,,\n");

            assertThat(rehearse(OptionalLong.empty(), HEADER + "2,Bob,2,,\n3,Cy,3,,\n")
                            .orElseThrow()
                            .inserted())
                    .isEqualTo(2);

            assertThat(cycle.commit(OptionalLong.empty(), nothing()).inserted()).isEqualTo(1);
        }
        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.0000");
    }

    @Test
    void whatATriggerMakesOfAValueIsSaidAndNotWrittenAgain() {
        target();
        run(capitals().toArray(String[]::new));
        load(HEADER + "1,Ann,1,,\n2,BOB,2,,\n3,Cy,3,,yes\n");
        assertThat(rows(CONTACTS)).containsExactly("1|ANN|1.0000", "2|BOB|2.0000", "3|CY|3.0000");
        List<String> written = rows("select van_id, tidemark_synced_at from contacts order by van_id");

        assertThat(load(HEADER + "1,Ann,1,,\n2,BOB,2,,\n3,Cy,3,,yes\n"))
                .isEqualTo(new LoadCounts(3, 0, 0, 3, 0, 0, 0, List.of()));

        assertThat(rows("select van_id, tidemark_synced_at from contacts order by van_id"))
                .isEqualTo(written);
        assertThat(new History(database).altered().get("contacts"))
                .isEqualToIgnoringCase("the database stores other values than were delivered in first_name (2 keys), by"
                        + " a trigger or a default of the table; these rows are not written again for that");
        assertThat(rows("select * from tidemark_altered"))
                .hasSize(2)
                .noneMatch(row -> row.contains("Ann") || row.contains("ANN"));
    }

    @Test
    void aNewValueOrAnotherHandEndsWhatIsKnownOfAnAlteredRow() {
        target();
        run(capitals().toArray(String[]::new));
        load(HEADER + "1,Ann,1,,\n2,Bob,2,,\n");

        assertThat(load(HEADER + "1,Anna,1,,\n2,Bob,2,,\n").updated()).isEqualTo(1);
        assertThat(load(HEADER + "1,Anna,7,,\n2,Bob,2,,\n").updated()).isEqualTo(1);
        assertThat(load(HEADER + "1,Anna,7,,\n2,Bob,2,,\n").updated()).isZero();
        run("update contacts set first_name = 'Somebody else' where van_id = 2");
        assertThat(load(HEADER + "1,Anna,7,,\n2,Bob,2,,\n").updated()).isEqualTo(1);

        assertThat(rows(CONTACTS)).containsExactly("1|ANNA|7.0000", "2|BOB|2.0000");
    }

    @Test
    void aTriggerThatIsGoneIsForgotten() {
        target();
        run(capitals().toArray(String[]::new));
        load(HEADER + "1,Ann,1,,\n");
        run(database.dialect() instanceof H2 ? "drop trigger capitals" : "drop trigger capitals on contacts");

        assertThat(load(HEADER + "1,Ann,1,,\n").updated()).isEqualTo(1);

        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.0000");
        assertThat(new History(database).altered()).isEmpty();
    }

    @Test
    void whatATypeMakesOfAValueIsNotWrittenAgain() {
        run("create table contacts (van_id bigint not null, first_name varchar(10), amount numeric(9, 1), date_changed"
                + " timestamp(0) with time zone)");
        String file = HEADER + "1,Ann,1.2,2024-01-01T00:00:00.700Z,\n2,,3,,\n";
        assertThat(load(file).inserted()).isEqualTo(2);

        assertThat(load(file).unchanged()).isEqualTo(2);
    }

    @Test
    void aRejectGoesWhenItsRecordHasComeWell() {
        load(HEADER + "1,Ann,much,,\n2,Bob,much,,\nx,Cy,3,,\n");
        assertThat(rows("select line, row_key from tidemark_reject order by line"))
                .containsExactly("2|1", "3|2", "4|");

        load(HEADER + "1,Ann,1,,\n");

        assertThat(rows("select line from tidemark_reject order by line")).containsExactly("3", "4");
        run("update tidemark_reject set cycle_id = 3");
        load(HEADER + "5,Eve,1,,\n2,Bob,more,,\nx,Cy,3,,\n");
        assertThat(rows("select line, cycle_id, raw from tidemark_reject order by line"))
                .containsExactly("3|7|2,Bob,more,,", "4|7|x,Cy,3,,");
    }

    private LoadCounts accepted(Allowance allowance, String file) {
        try (Load load = new Loader(database).open(target(), CYCLE, allowance, null)) {
            stage(load, file);
            return load.commit(OptionalLong.empty(), nothing());
        }
    }

    @Test
    void aFieldThatTheExportLacksKeepsItsValues() {
        load(HEADER + "1,Ann,1.50,,\n");

        load("FirstName,VanID\nAnna,1\nBob,2\n");

        assertThat(rows(CONTACTS)).containsExactly("1|Anna|1.5000", "2|Bob|");
    }

    @Test
    void anExportOfKeysAloneAddsWhatIsMissing() {
        load(HEADER + "1,Ann,1.50,,\n");

        LoadCounts counts = load("VanID\n1\n2\n");

        assertThat(counts.inserted()).isEqualTo(1);
        assertThat(counts.unchanged()).isEqualTo(1);
    }

    @Test
    void aLoadThatEndsEarlyLeavesNothing() {
        load(HEADER + "1,Ann,1,,\n");
        try (Load load = opened()) {
            stage(load, HEADER + "1,Rob,1,,\n2,Bob,1,,\n");
            assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.0000");
        }
        assertThat(rows("select * from tidemark_staging_contacts")).isEmpty();
        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.0000");
    }

    @Test
    void aFileThatBreaksInTheMiddleLeavesNothing() {
        try (Load load = opened()) {
            assertThatThrownBy(() -> stage(load, HEADER + lines(1, 3_000, "Ann,1,,") + "\"open,1\n"))
                    .isInstanceOf(CsvException.class);
        }
        assertThat(rows("select * from tidemark_staging_contacts")).isEmpty();
        assertThat(rows(CONTACTS)).isEmpty();
    }

    /** F36: bulk paths buffer, so that few rows a second would be read for hours after the database is gone. */
    @Test
    void aDatabaseThatDiesWhileRowsDripInIsNoticedLongBeforeTheLastOfThem() {
        var rows = new DrippingRows(
                HEADER, number -> number + ",a name of thirty letters or so,1,,\n", 200, Duration.ofMillis(50));
        rows.before(60, this::kill);
        try (Load load = opened()) {
            assertThatThrownBy(() -> load.stage(rows.records())).isInstanceOf(DatabaseException.class);
        }
        assertThat(rows.sent()).isLessThan(150);
    }

    @Test
    void whatAnEarlierProcessLeftInStagingIsGone() {
        Load killed = opened();
        stage(killed, HEADER + "1,Ann,1,,\n");

        assertThat(load(HEADER + "2,Bob,2,,\n").inserted()).isEqualTo(1);

        assertThat(rows(CONTACTS)).containsExactly("2|Bob|2.0000");
    }

    @Test
    void theCallersPartBelongsToTheTransaction() {
        stream.rejectsMost = 10;
        try (Load load = opened()) {
            stage(load, HEADER + "1,Ann,1,,\nx,,,,\n");
            assertThatThrownBy(() -> load.commit(OptionalLong.empty(), new Load.Commit() {
                        @Override
                        public void begin(Connection connection) {}

                        @Override
                        public void finish(Connection connection, LoadCounts counts) throws SQLException {
                            assertThat(rows(connection, CONTACTS)).containsExactly("1|Ann|1.0000");
                            assertThat(counts.rejected()).isEqualTo(1);
                            throw new ClaimLostException("contacts");
                        }
                    }))
                    .isInstanceOf(ClaimLostException.class);
        }
        assertThat(rows(CONTACTS)).isEmpty();
        assertThat(rows("select * from tidemark_reject")).isEmpty();
    }

    @Test
    void whatAProcessStagesAfterItsClaimIsGoneStaysOut() {
        var store = new StreamStore(database);
        store.register("contacts", "crm");
        Claim paused = begun(store);
        try (Load late = new Loader(database).open(target(), paused, store, null, Arrival.UNKNOWN)) {
            run("update tidemark_stream set claim_until = current_timestamp, next_at = current_timestamp,"
                    + " due_at = current_timestamp");
            Claim taken =
                    store.claim("contacts", "another", Duration.ofMinutes(1)).orElseThrow();
            try (Load load = new Loader(database).open(target(), taken, store, null, Arrival.UNKNOWN)) {
                stage(load, HEADER + "1,Ann,1,,\n");
                assertThatThrownBy(() -> stage(late, HEADER + "2,Bob,2,,\n")).isInstanceOf(ClaimLostException.class);
                assertThat(load.commit(
                                        OptionalLong.empty(),
                                        new CycleCommit(store, taken, java.time.Duration.ZERO, () -> 5L))
                                .inserted())
                        .isEqualTo(1);
            }
        }
        assertThat(rows(CONTACTS)).containsExactly("1|Ann|1.0000");
        assertThat(store.find("contacts").orElseThrow().flight()).isEmpty();
    }

    private static Claim begun(StreamStore store) {
        Claim claim = store.claim("contacts", "one", Duration.ofMinutes(1)).orElseThrow();
        return store.begin(claim, CycleKind.WINDOW, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), null);
    }

    @Test
    void othersSeeNothingOfALoadUntilAllOfIt() {
        load(HEADER + lines(1, 500, "old,1,,"));
        try (Load load = opened()) {
            stage(load, HEADER + lines(1, 700, "new,1,,"));
            load.commit(OptionalLong.empty(), new Load.Commit() {
                @Override
                public void begin(Connection connection) {}

                @Override
                public void finish(Connection connection, LoadCounts counts) {
                    assertThat(rows("select first_name, count(*) from contacts group by first_name"))
                            .containsExactly("old|500");
                }
            });
        }
        assertThat(rows("select first_name, count(*) from contacts group by first_name"))
                .containsExactly("new|700");
    }

    @Test
    void stagingIsEmptyAfterACommit() {
        load(HEADER + "1,Ann,1,,\n");

        assertThat(rows("select * from tidemark_staging_contacts")).isEmpty();
    }

    @Test
    void oddValuesArriveByteForByte() {
        String wide = "wide ".repeat(40_000);
        load(HEADER + "1,NA,1,,\n2,\"null, \"\"None\"\"\r\nnext\",,,\n3,=HYPERLINK(1),,,\n4,\\N,,,\n5,Zoë 日本 😀é,,,\n6,"
                + wide + ",,,\n7,\"tab\there\",,,\n");

        assertThat(rows("select first_name from contacts order by van_id"))
                .containsExactly(
                        "NA", "null, \"None\"\r\nnext", "=HYPERLINK(1)", "\\N", "Zoë 日本 😀é", wide, "tab\there");
    }

    static String lines(int from, int to, String rest) {
        var lines = new StringBuilder();
        IntStream.rangeClosed(from, to)
                .forEach(key -> lines.append(key).append(',').append(rest).append('\n'));
        return lines.toString();
    }
}
