package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What only PostgreSQL can show, or only it promises. */
final class PostgreSqlMergeTest extends DialectContract {
    private static final String VERSIONS = "select van_id, xmin, xmax, ctid from contacts order by van_id";

    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }

    @Test
    void equalRowsAreNeitherWrittenNorLocked() {
        load(HEADER + LoadContract.lines(1, 50, "Ann,1,,"));
        List<String> before = rows(VERSIONS);

        assertThat(load(HEADER + LoadContract.lines(1, 50, "Ann,1,,")).unchanged())
                .isEqualTo(50);
        assertThat(rows(VERSIONS)).isEqualTo(before);

        load(HEADER + LoadContract.lines(1, 49, "Ann,1,,") + "50,Changed,1,,\n51,New,1,,\n");
        assertThat(rows(VERSIONS).subList(0, 49)).isEqualTo(before.subList(0, 49));
    }

    @Test
    void aLargeEqualExportIsLookedAtAndNotWritten() {
        String many = HEADER + LoadContract.lines(1, 20_000, "Ann,1,,");
        load(many);
        List<String> before = rows(VERSIONS);

        assertThat(load(many)).isEqualTo(new LoadCounts(20_000, 0, 0, 20_000, 0, 0, 0, List.of()));
        assertThat(rows(VERSIONS)).isEqualTo(before);
        assertThat(load(many + "20001,New,1,,\n").inserted()).isEqualTo(1);
    }

    @Test
    void aSequenceNumberIsSpentForNewRowsOnly() {
        load(HEADER + "1,Ann,1,,\n2,Bob,1,,\n");
        load(HEADER + "1,Ann,2,,\n2,Bob,1,,\n");
        load(HEADER + "3,Cy,1,,\n");

        assertThat(rows("select tidemark_id from contacts order by 1")).containsExactly("1", "2", "3");
    }

    @Test
    void aLostConnectionEndsStagingAtOnceAndLeavesNothing() {
        var cut = new Object() {
            long read;
        };
        assertThatThrownBy(() -> {
                    var records = records("file 1", HEADER + LoadContract.lines(1, 200_000, "Ann,1,,"));
                    try (Load cutting = new Loader(database).open(target(), CYCLE, null, rows -> {
                        cut.read += rows.size();
                        if (cut.read == 5_000) {
                            run("""
                                    select pg_terminate_backend(pid) from pg_stat_activity
                                    where query like 'copy %' and pid <> pg_backend_pid()
                                      and datname = current_database()""");
                        }
                        return rows;
                    })) {
                        cutting.stage(records);
                    }
                })
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        down -> assertThat(down.retryable()).isTrue());
        assertThat(cut.read).isLessThan(200_000);
        assertThat(rows("select count(*) from contacts")).containsExactly("0");
        assertThat(load(HEADER + "1,Ann,1,,\n").inserted()).isEqualTo(1);
    }

    @Test
    void aConnectionThatDiesInTheMergeLeavesNothing() {
        try (Load load = opened()) {
            stage(load, HEADER + "1,Ann,1,,\n");
            assertThatThrownBy(() -> load.commit(OptionalLong.empty(), new Load.Commit() {
                        @Override
                        public void begin(Connection connection) {}

                        @Override
                        public void finish(Connection connection, LoadCounts counts) throws SQLException {
                            String pid =
                                    rows(connection, "select pg_backend_pid()").get(0);
                            run("select pg_terminate_backend(" + pid + ")");
                            rows(connection, "select 1");
                        }
                    }))
                    .isInstanceOf(DatabaseException.class);
        }
        assertThat(rows("select count(*) from contacts")).containsExactly("0");
        assertThat(rows("select count(*) from tidemark_staging_contacts")).containsExactly("0");
    }

    @Test
    void aConstraintOfTheTablesOwnNamesItself() {
        run("create table contacts (van_id bigint, first_name text constraint short check (length(first_name) < 5))");

        assertThatThrownBy(() -> load(HEADER + "1,Secret name,,,\n"))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("\"short\"")
                .hasMessageNotContaining("Secret");
    }

    @Test
    void theRightToWriteRowsIsEnoughAfterTheSetUp() {
        target();
        run(
                "drop role if exists tidemark_least",
                "create role tidemark_least login",
                "grant select, insert, update, delete on all tables in schema public to tidemark_least",
                "grant truncate on tidemark_staging_contacts to tidemark_least",
                "grant usage on all sequences in schema public to tidemark_least");
        DatabaseSettings all = database.settings();
        try (Database least = Database.open(new DatabaseSettings(
                        all.url().replace("user=postgres", "user=tidemark_least"),
                        "tidemark_least",
                        "",
                        2,
                        all.schema(),
                        false));
                Load load = new Loader(least)
                        .open(
                                Target.prepare(least, stream.settings(), stream.shape(), ZoneOffset.UTC),
                                CYCLE,
                                null,
                                null)) {
            stage(load, HEADER + "1,Ann,1,,\nx,,,,\n");
            assertThat(load.commit(OptionalLong.empty(), nothing()).inserted()).isEqualTo(1);
        }
        run("drop owned by tidemark_least", "drop role tidemark_least");
    }
}
