package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.Switches;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** One export from its request to its expiry. For one thread at a time: {@link Exports} sees to it. */
final class Export {
    private static final Duration LONGEST = Duration.ofDays(7);

    final long id;
    final ApiUser creator;
    final ExportRequest request;
    final int version;

    /** The creator's zone when it was asked for: what the files are written in. */
    final ZoneId zone;

    final Instant created;
    private Instant updated;
    private State state = State.WAITING;
    private List<Integer> files = List.of();
    private Instant expires = Instant.MAX;
    private int turns;

    enum State {
        WAITING("Waiting"),
        PROCESSING("Processing"),
        COMPLETE("Complete"),
        FAILED("Failed"),
        CANCELED("Canceled");

        final String word;

        State(String word) {
            this.word = word;
        }
    }

    Export(long id, Call call, ExportRequest request) {
        this.id = id;
        this.creator = call.user();
        this.request = request;
        this.version = call.version();
        this.zone = call.time().zone();
        this.created = call.now();
        this.updated = call.now();
    }

    State state() {
        return state;
    }

    Instant updated() {
        return updated;
    }

    List<Integer> files() {
        return files;
    }

    boolean isUnfinished() {
        return state == State.WAITING || state == State.PROCESSING;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    void become(State next, Instant now) {
        state = next;
        updated = now;
    }

    void complete(List<Integer> made, Instant now, Instant until) {
        files = List.copyOf(made);
        expires = until;
        become(State.COMPLETE, now);
    }

    /** What is not done after a week is given up. */
    void age(Instant now) {
        if (isUnfinished() && !now.isBefore(created.plus(LONGEST))) {
            become(State.CANCELED, now);
        }
        if (isExpired(now)) {
            files = List.of();
        }
    }

    /** The oldest unfinished export takes a turn. Returns whether it is at its end. */
    boolean takesTurn(Switches switches, Instant now) {
        if (switches.get(Doubts.STUCK)) {
            return false;
        }
        turns++;
        int waiting = switches.get(Doubts.WAITING_READS);
        if (turns > waiting && state == State.WAITING) {
            become(State.PROCESSING, now);
        }
        return turns > waiting + switches.get(Doubts.PROCESSING_READS);
    }
}
