package io.tidemark.route;

import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.Switches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pretended vendor as the tests that hold for every system see it: one resource, its values by the bridge's columns. */
interface Vendor extends AutoCloseable {
    Traits traits();

    PretendedSystem system();

    default Faults faults() {
        return system().faults();
    }

    default RequestLog log() {
        return system().log();
    }

    default Switches switches() {
        return system().switches();
    }

    /** Forgets every record as if it had never been. */
    default void empty() {
        system().empty();
    }

    /**
     * Makes a record and returns its key.
     *
     * @param own whether it is done in the bridge's name instead of somebody else's; meaningless without authors
     */
    String create(Map<String, String> values, boolean own);

    /** Changes values; an empty text empties one. */
    void edit(String key, Map<String, String> values, boolean own);

    /** Deletes a record in a way that the vendor has. */
    void remove(String key, boolean own);

    /** A record is gone, and no window tells of it. */
    void vanish(String key);

    /** The keys of the records that are in use. */
    List<String> keys();

    /** The keys of these and of the deleted ones. */
    List<String> everyKey();

    /** The values that a column of a record has had, oldest first and null where it was empty; the last of a deleted one, too. */
    List<@Nullable String> values(String key, String column);

    /** Whether somebody's edit between the bridge's look and its write is overwritten without a word. */
    boolean overwritesUnseen();

    /** Whether a request changed a record there. */
    boolean writes(RecordedRequest request);

    /** The column of a vendor's own name for a field. */
    String column(String name);

    @Override
    default void close() {
        system().close();
    }

    default @Nullable String value(String key, String column) {
        List<@Nullable String> all = values(key, column);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** The values that a record has now in what a column shows, which may be the first of several. */
    default List<@Nullable String> present(String key, String column) {
        List<@Nullable String> all = values(key, column);
        return all.subList(Math.max(0, all.size() - 1), all.size());
    }

    /** The column of the text that the tests for every system edit. */
    default String text() {
        return traits().texts().get(0);
    }

    default Optional<String> text(String key) {
        return Optional.ofNullable(value(key, text()));
    }

    /** Somebody there makes a record with this text. */
    default String add(String text) {
        return create(row(text, 1), false);
    }

    /** Values of a row that can be created there. */
    default Map<String, String> row(String text, int number) {
        Map<String, String> row = new LinkedHashMap<>();
        traits().texts().forEach(column -> row.put(column, Traits.value(column, number)));
        row.put(text(), text);
        return row;
    }
}
