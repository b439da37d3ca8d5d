package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
    @TempDir
    Path folder;

    @Test
    void the_daily_route_removes_what_is_old_and_over_and_nothing_else() throws Exception {
        try (var trial = new Trial(folder)) {
            trial.run("pause", "contacts");
            String url = "jdbc:h2:file:" + folder.resolve("data/tidemark") + ";AUTO_SERVER=TRUE";
            Sql.run(url, """
                    insert into tidemark_cycle (stream, kind, started_at, finished_at, outcome, rows_read, rows_inserted,
                        rows_updated, rows_unchanged, rows_deleted, rows_rejected, rows_duplicate, load_millis)
                    select 'contacts', 'window', started, finished, outcome, 0, 0, 0, 0, 0, 0, 0, 0
                    from (values (current_timestamp - interval '200' day, current_timestamp - interval '199' day, 'committed'),
                        (current_timestamp - interval '200' day, null, 'running'),
                        (current_timestamp - interval '9' day, current_timestamp - interval '9' day, 'failed'))
                        as old(started, finished, outcome);
                    insert into tidemark_reject (stream, cycle_id, file, line, reason, raw, created_at)
                    values ('contacts', 1, 'old', 1, 'r', 'x', current_timestamp - interval '91' day),
                        ('contacts', 1, 'new', 1, 'r', 'x', current_timestamp - interval '89' day);
                    insert into tidemark_conflict (stream, "KEY", field, rule, outcome, created_at, resolved_at)
                    values ('contacts', '1', 'old', 'r', 'x', current_timestamp - interval '99' day,
                            current_timestamp - interval '91' day),
                        ('contacts', '1', 'new', 'r', 'x', current_timestamp - interval '99' day,
                            current_timestamp - interval '89' day),
                        ('contacts', '1', 'open', 'r', 'x', current_timestamp - interval '99' day, null)
                    """);
            try (var running = new RunningDaemon(trial)) {
                var context = running.daemon().bridge().context();
                assertThat(context.getRoute("purge").getEndpoint().getEndpointUri())
                        .contains("cron=0+17+4");
                context.getRegistry()
                        .lookupByNameAndType("housekeeping", io.tidemark.route.Housekeeping.class)
                        .purge();
            }
            assertThat(Sql.column(url, "select outcome from tidemark_cycle order by id"))
                    .containsExactly("running", "failed");
            assertThat(Sql.column(url, "select file from tidemark_reject")).containsExactly("new");
            assertThat(Sql.column(url, "select field from tidemark_conflict order by id"))
                    .containsExactly("new", "open");
        }
    }
}
