package io.tidemark.command;

import io.tidemark.console.Lateness;
import io.tidemark.settings.Settings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Database;
import io.tidemark.sql.History;
import io.tidemark.sql.History.Cycle;
import io.tidemark.sql.StreamStore;
import io.tidemark.stream.CycleKind;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process that starts has to make up for: claims of dead processes, and firings that nobody heard. */
final class Arrears {
    private static final Logger LOG = LoggerFactory.getLogger(Arrears.class);

    /** {@code pid@host}, as claims name their holder. */
    private static final String SELF = ManagementFactory.getRuntimeMXBean().getName();

    private final Database database;
    private final StreamStore store;

    Arrears(Database database, StreamStore store) {
        this.database = database;
        this.store = store;
    }

    /** Frees the claims of this machine's processes that are gone, so that nobody waits for their leases. */
    void freeClaims() {
        store.all().stream()
                .map(StreamStore.Known::holder)
                .filter(Objects::nonNull)
                .distinct()
                .filter(Arrears::gone)
                .forEach(holder -> {
                    LOG.info("the claims of {}, a process that is gone, are free", holder);
                    store.releaseHeldBy(holder);
                });
    }

    /** Whether the holder is a process of this machine that no longer runs; one with our own number was before us. */
    private static boolean gone(String holder) {
        int at = holder.indexOf('@');
        if (at < 1 || !holder.substring(at).equals(SELF.substring(SELF.indexOf('@')))) {
            return false;
        }
        String pid = holder.substring(0, at);
        return holder.equals(SELF)
                || (pid.chars().allMatch(Character::isDigit)
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty());
    }

    /** Wants a cycle of every stream whose schedule fired since its latest one started. A new stream is due anyway. */
    void wantMissed(Settings settings) {
        Instant now = database.now();
        Map<String, Cycle> latest = new History(database).latest();
        for (StreamSettings stream : settings.streams()) {
            if (missed(stream, settings.timeZone(), latest.get(stream.name()), now)) {
                store.due(stream.name());
            }
        }
    }

    private static boolean missed(StreamSettings stream, ZoneId zone, @Nullable Cycle latest, Instant now) {
        return Optional.ofNullable(latest)
                .filter(cycle -> !cycle.kind().equals(CycleKind.LOAD.word()))
                .map(cycle -> Lateness.nextFiring(stream, zone, cycle.startedAt())
                        .filter(firing -> !firing.isAfter(now))
                        .isPresent())
                .orElse(true);
    }
}
