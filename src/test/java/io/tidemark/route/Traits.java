package io.tidemark.route;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is known of a pretended vendor before it runs: what is edited there, and what can happen to it.
 *
 * @param system its name
 * @param start starts it with a clock
 * @param resource what a stream keeps
 * @param key the column of the records' key
 * @param mark a column that is set with a record and that nobody edits
 * @param texts the columns of texts that are edited; the first is no address
 * @param calls the requests that the bridge makes
 * @param ways keys of a source, below {@code tidemark.sources.S.}, and of a stream, below {@code tidemark.streams.N.}, for
 *     each way in which the vendor can be talked to
 * @param quick the positions of switches that cost no time
 * @param outcomes how jobs can end there, as its switch says it: the good end, then those of jobs that come to nothing; none
 *     where there are no jobs
 * @param doubts what may be so and otherwise there; one of them at a time, or a few
 * @param ahead how far the vendor's clock may be ahead
 * @param late how long after it a change is in a window for sure
 * @param tick how far apart two edits there are at least, where the vendor cannot tell apart what happens in less
 * @param authors whether it is told there who changed a record
 * @param deletions whether deleted records are told; otherwise only a full comparison finds them
 * @param counts whether it tells how many records there are; otherwise a file that it cut itself is a whole one with a reject
 */
record Traits(
        String system,
        Function<InstantSource, Vendor> start,
        String resource,
        String key,
        String mark,
        List<String> texts,
        Calls calls,
        List<Way> ways,
        Map<String, String> quick,
        List<String> outcomes,
        List<Map.Entry<String, String>> doubts,
        List<Duration> ahead,
        Duration late,
        Duration tick,
        boolean authors,
        boolean deletions,
        boolean counts) {

    /** The clocks that every vendor may have. */
    static final List<Duration> CLOCKS = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMinutes(10),
            Duration.ofMinutes(-10),
            Duration.ofHours(26),
            Duration.ofHours(-26));

    /** One way to talk to a vendor. */
    record Way(Map<String, String> source, Map<String, String> stream) {}

    /**
     * The requests that the bridge makes, as {@link io.tidemark.sandbox.Faults} names them.
     *
     * @param look a read of one record, before it is written
     * @param file what rows come by
     * @param poll a question for a job, or what comes nearest to it
     * @param others the rest
     */
    record Calls(String look, String update, String creation, String poll, String file, List<String> others) {
        List<String> all() {
            return Stream.concat(Stream.of(look, update, creation, poll, file), others.stream())
                    .distinct()
                    .toList();
        }
    }

    /** The columns of what is edited and of the mark. */
    List<String> columns() {
        return Stream.concat(texts.stream(), Stream.of(mark)).toList();
    }

    /** A value that a column can have, told apart by its number. */
    static String value(String column, int number) {
        String text = column.substring(0, 1).toUpperCase(Locale.ROOT) + "v" + number;
        return column.endsWith("email") ? text + "@Example.org" : text;
    }
}
