package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One import from its creation to its expiry. For one thread at a time: {@link Imports} sees to it. */
final class ImportJob {
    private static final Duration OPEN = Duration.ofHours(24);
    private static final Duration RESULTS = Duration.ofDays(7);

    final long id;
    final ApiUser creator;
    /** Columns whose blank cells change nothing, in lower case. */
    final Set<String> blankIsNothing;

    /** The columns that were announced, empty where none were. */
    final List<String> columns;

    final List<List<Map<String, String>>> batches = new ArrayList<>();
    final List<Map<String, String>> failed = new ArrayList<>();
    private Instant expires;
    private String state = "Open";
    private int updated;
    private int reads;

    ImportJob(long id, Call call, List<String> columns, Set<String> blankIsNothing) {
        this.id = id;
        this.creator = call.user();
        this.columns = List.copyOf(columns);
        this.blankIsNothing = Set.copyOf(blankIsNothing);
        this.expires = call.now().plus(OPEN);
    }

    String state() {
        return state;
    }

    int updated() {
        return updated;
    }

    void updated(int rows) {
        updated += rows;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    boolean isOpen() {
        return state.equals("Open");
    }

    void submit() {
        state = "Waiting";
        expires = Instant.MAX;
    }

    void end(String last, Instant now) {
        state = last;
        expires = now.plus(RESULTS);
    }

    /** What a read shows, which can be older than what is. */
    String shown(Switches switches) {
        if (reads > 0 && reads <= switches.get(Doubts.IMPORT_STALE_READS)) {
            return "Open";
        }
        String unknown = switches.get(Doubts.UNKNOWN_STATE);
        return state.equals("Processing") && !unknown.isEmpty() ? unknown : state;
    }

    /** A look at an import that is ready moves it on. Returns whether it is to be worked at now. */
    boolean takesTurn(Switches switches) {
        if (!state.equals("Waiting") && !state.equals("Processing")) {
            return false;
        }
        reads++;
        int waited = reads - switches.get(Doubts.IMPORT_STALE_READS);
        if (switches.get(Doubts.IMPORT_STUCK) || waited <= switches.get(Doubts.WAITING_READS)) {
            return false;
        }
        state = "Processing";
        return waited > switches.get(Doubts.WAITING_READS) + switches.get(Doubts.PROCESSING_READS);
    }

    void fail(Map<String, String> row, String column, String why) {
        Map<String, String> told = new LinkedHashMap<>(row);
        told.put(column, why);
        failed.add(told);
    }
}
