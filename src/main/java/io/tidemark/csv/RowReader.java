package io.tidemark.csv;

import io.tidemark.system.DeletionRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Typed rows out of one file's records. Bad rows go to the rejects, with the first bad cell's reason, and reading goes on;
 * a bad file is a {@link CsvException}. Holds one record at a time. For one thread.
 */
public final class RowReader implements Iterator<Row> {

    private static final int MOST_ROW_ERROR = 500;

    /** How one column is filled: from which cell, into which place of the row. */
    private record Slot(int cell, int value, Column column, CellReader reader) {}

    private record Deletion(int cell, DeletionRule rule) {}

    private final CsvRecords records;
    private final int width;
    private final Slot[] slots;
    private final Deletion[] deletions;
    private final int changeTime;
    private final int rowError;
    private final Times times;
    private final Consumer<Reject> rejects;
    private @Nullable Row ahead;
    private long good;
    private long rejected;
    private boolean shortLast;

    /**
     * @param records the file behind its header
     * @param layout this file's
     * @param rejects told of each bad row at once, in the order of the file
     * @throws IllegalArgumentException if the file lacks a column of the plan
     */
    public RowReader(CsvRecords records, RowLayout layout, RowPlan plan, Consumer<Reject> rejects) {
        this.records = records;
        this.width = layout.width();
        this.slots = slots(layout, plan);
        this.deletions = plan.deletions().stream()
                .filter(rule -> layout.position(rule.field()) >= 0)
                .map(rule -> new Deletion(layout.position(rule.field()), rule))
                .toArray(Deletion[]::new);
        this.changeTime = plan.changeTime().map(layout::position).orElse(-1);
        this.rowError = plan.rowError().map(layout::position).orElse(-1);
        this.times = new Times(plan.zone());
        this.rejects = rejects;
    }

    /** Records read so far, good and rejected, without headers and blank lines. */
    public long read() {
        return good + rejected;
    }

    public long good() {
        return good;
    }

    public long rejected() {
        return rejected;
    }

    /** Whether the last record read has fewer cells than the header; see {@link Wholeness#doubtful}. */
    public boolean shortLast() {
        return shortLast;
    }

    /** What the end of the file says; to be asked when {@link #hasNext} is false. */
    public Wholeness wholeness() {
        return records.wholeness();
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && records.hasNext()) {
            CsvRecord record = records.next();
            if (record.blank() && width > 1) {
                continue;
            }
            ahead = row(record);
        }
        return ahead != null;
    }

    @Override
    public Row next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException(records.file() + " has no further row");
        }
        Row row = ahead;
        ahead = null;
        return row;
    }

    private @Nullable Row row(CsvRecord record) {
        String[] cells = record.cells();
        shortLast = cells.length < width;
        if (cells.length != width) {
            return reject(record, null, "has " + cells.length + " cells, the header has " + width);
        }
        if (rowError >= 0 && !cells[rowError].isEmpty()) {
            String words = Shown.text(cells[rowError], MOST_ROW_ERROR);
            return reject(record, null, "the source could not export this row: " + words);
        }
        var values = new @Nullable Object[slots.length];
        for (Slot slot : slots) {
            Object value = slot.reader.read(cells[slot.cell]);
            if (value instanceof Misfit misfit) {
                return reject(record, slot.column.field(), misfit.reason());
            }
            if (value == null && (slot.column.key() || slot.column.required())) {
                String part = slot.column.key() ? "is part of the key" : "may not be null";
                return reject(record, slot.column.field(), "is empty, but the column " + part);
            }
            values[slot.value] = value;
        }
        good++;
        Instant changedAt = changeTime < 0 ? null : times.certain(cells[changeTime]);
        return new Row(record.line(), values, deleted(cells), changedAt);
    }

    private boolean deleted(String[] cells) {
        for (Deletion deletion : deletions) {
            if (deletion.rule.deletes(cells[deletion.cell])) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Row reject(CsvRecord record, @Nullable String column, String reason) {
        rejected++;
        rejects.accept(
                new Reject(records.file(), record.line(), column, reason, Shown.record(record.cells()), key(record)));
        return null;
    }

    /** The key of a bad row, if that much of it is good. */
    private @Nullable String key(CsvRecord record) {
        if (record.cells().length != width) {
            return null;
        }
        var parts = new TreeMap<Integer, String>();
        for (Slot slot : slots) {
            if (slot.column.key()) {
                Object value = slot.reader.read(record.cells()[slot.cell]);
                if (value == null || value instanceof Misfit) {
                    return null;
                }
                parts.put(slot.value, value.toString());
            }
        }
        return parts.isEmpty() ? null : String.join("/", parts.values());
    }

    /** In the order of the cells, so that the first bad cell of the record decides. */
    private static Slot[] slots(RowLayout layout, RowPlan plan) {
        var slots = new Slot[plan.columns().size()];
        for (int i = 0; i < slots.length; i++) {
            Column column = plan.columns().get(i);
            int cell = layout.position(column.field());
            if (cell < 0) {
                throw new IllegalArgumentException(
                        "the file has no field " + column.field() + "; it has " + String.join(", ", layout.names()));
            }
            slots[i] = new Slot(cell, i, column, column.type().reader(plan.zone()));
        }
        Arrays.sort(slots, Comparator.comparingInt(Slot::cell));
        return slots;
    }
}
