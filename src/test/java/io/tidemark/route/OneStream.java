package io.tidemark.route;

import io.tidemark.sandbox.PretendedSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stream {@code rows} of a source {@code s}, kept the same as the table {@code kept} in both directions. */
final class OneStream implements AutoCloseable {
    private Running running;

    private OneStream(Running running) {
        this.running = running;
    }

    /** Starts it, and loads what the vendor has. */
    static OneStream loaded(Path folder, PretendedSystem vendor, String resource, Map<String, String> further) {
        var setup = new Setup(folder)
                .source("s", vendor).stream("rows", "s")
                        .set("tidemark.sources.s.settle-delay", "PT1H")
                        .set("tidemark.streams.rows.resource", resource)
                        .set("tidemark.streams.rows.direction", "both")
                        .set("tidemark.streams.rows.brake", "off")
                        .set("tidemark.streams.rows.table", "kept");
        further.forEach((key, value) -> setup.set("tidemark." + key, value));
        var stream = new OneStream(Running.start(setup));
        stream.running.begin("rows");
        stream.running.untilCommitted("rows");
        return stream;
    }

    Running running() {
        return running;
    }

    /** Ends it, and goes on as another process would. */
    void restart() {
        running = running.restart();
    }

    void execute(String sql) {
        running.execute(sql);
    }

    /** Sends what is due, round after round, until a round is over and no other is due. */
    void send() {
        running.store().outboundDue("rows");
        Running.until(
                () -> running.rows("select name from tidemark_stream where outbound_due_at <= current_timestamp"
                                + " or claim_until is not null")
                        .isEmpty(),
                () -> "the round does not end: " + changes());
    }

    /** What failed is tried again now, not later. */
    void sendAgain() {
        execute("update tidemark_change set next_at = current_timestamp");
        send();
    }

    /** Until nothing is on its way any more; whatever waits need not. */
    void untilSent() {
        Running.until(
                () -> {
                    running.store().outboundDue("rows");
                    execute("update tidemark_change set next_at = current_timestamp where next_at > current_timestamp");
                    return running.rows("select id from tidemark_change where state in ('pending', 'sending')")
                            .isEmpty();
                },
                () -> "something is left: " + changes());
    }

    List<Map<String, @Nullable String>> changes() {
        return running.rows("select * from tidemark_change order by id");
    }

    List<String> states() {
        return changes().stream()
                .map(change -> String.valueOf(change.get("state")))
                .toList();
    }

    @Override
    public void close() {
        running.close();
    }
}
