package io.tidemark.route;

import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pretended vendor as the tests that hold for every system see it: one resource, and of its fields one text. */
interface Vendor extends AutoCloseable {
    PretendedSystem system();

    Faults faults();

    RequestLog log();

    MovableClock clock();

    String resource();

    /** Keys of the source and of the stream that this vendor needs, below {@code tidemark.}. */
    Map<String, String> settings();

    /** The column of the records' key. */
    String key();

    /** The column of the text. */
    String column();

    /** Somebody there makes a record. */
    String add(String text);

    /** Somebody there changes the text. */
    void edit(String key, String text);

    /** The text there, empty where there is no such record. */
    Optional<String> text(String key);

    /** Somebody there deletes a record; false where that is not possible. */
    boolean remove(String key);

    List<String> keys();

    /** Columns and values of a row that can be created there. */
    String row(String text);

    /** The request that creates a record. */
    String creation();

    /** Whether a request changed a record there. */
    boolean writes(RecordedRequest request);

    /** The requests by which rows come. */
    String reading();

    @Override
    void close();
}
