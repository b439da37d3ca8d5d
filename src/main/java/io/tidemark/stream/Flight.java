package io.tidemark.stream;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cycle on its way.
 *
 * @param from the window's start
 * @param to the window's end in the vendor's words, null while it has not said
 * @param lastKey the last key that is asked for in this cycle where records are asked for by their keys, or a mark of
 *     what follows at once: how far a part of a longer window goes, or a full comparison's batch of keys; null for a whole
 *     window
 * @param job empty until the vendor accepted the request
 */
public record Flight(
        long cycleId,
        CycleKind kind,
        Instant from,
        @Nullable Instant to,
        @Nullable String lastKey,
        Optional<Job> job) {

    private static final String PART = " up to ";
    private static final String KEYS = " keys up to ";

    public Flight {
        requireNonNull(kind, "kind is null");
        requireNonNull(from, "from is null");
        requireNonNull(job, "job is null");
    }

    /** Whether this is a part of something longer, whose next part follows at once. */
    public boolean part() {
        return partEnd(kind, lastKey).isPresent() || keysDone(kind, lastKey).isPresent();
    }

    /** The last key that is asked for, empty where a window is. */
    public Optional<String> upToKey() {
        return switch (kind) {
            case BACKFILL, READ_BACK -> Optional.ofNullable(lastKey);
            case RECONCILE ->
                partEnd(kind, lastKey).isPresent()
                        ? Optional.empty()
                        : Optional.ofNullable(lastKey)
                                .map(mark -> keysDone(kind, mark).orElse(mark))
                                .filter(key -> !key.isEmpty());
            case WINDOW, RESYNC, LOAD -> Optional.empty();
        };
    }

    /** What is kept in place of a key where a part of a window ends. */
    public static String partMark(CycleKind kind, Instant end) {
        return kind.word() + PART + end;
    }

    /** What is kept where the known records follow by their keys, those after the given one; empty for all of them. */
    public static String keysMark(CycleKind kind, String key) {
        return kind.word() + KEYS + key;
    }

    /** How far the known records have been asked for by their keys in a cycle of that kind; empty where none follow. */
    static Optional<String> keysDone(CycleKind kind, @Nullable String mark) {
        return after(kind.word() + KEYS, mark);
    }

    private static Optional<String> after(String start, @Nullable String mark) {
        return Optional.ofNullable(mark)
                .filter(text -> text.startsWith(start))
                .map(text -> text.substring(start.length()));
    }

    /** Whether the text is no key but says where a part of a window ends. */
    static boolean endsPart(String mark) {
        return Arrays.stream(CycleKind.values())
                .anyMatch(kind -> partEnd(kind, mark).isPresent());
    }

    /** Where a part of a window of that kind ends, empty where the text is a key, nothing, or of another kind. */
    static Optional<Instant> partEnd(CycleKind kind, @Nullable String mark) {
        return after(kind.word() + PART, mark).map(Instant::parse);
    }

    /** The first part of the window up to the given end, without a job. */
    Flight partUpTo(Instant end) {
        return new Flight(cycleId, kind, from, end, partMark(kind, end), Optional.empty());
    }

    Flight as(long otherCycle) {
        return new Flight(otherCycle, kind, from, to, lastKey, job);
    }

    Flight withJob(Job newJob, @Nullable Instant windowEnd) {
        return new Flight(cycleId, kind, from, windowEnd == null ? to : windowEnd, lastKey, Optional.of(newJob));
    }

    Flight endingAt(Instant end) {
        return new Flight(cycleId, kind, from, end, lastKey, job);
    }

    Flight withoutJob() {
        return new Flight(cycleId, kind, from, null, lastKey, Optional.empty());
    }
}
