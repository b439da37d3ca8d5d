package io.tidemark.csv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which cell of a record holds which field. The first file's header decides for the whole export; a later file may have
 * none or the same names in another order.
 */
public final class RowLayout {

    private final List<String> header;
    private final List<String> names;
    private final Set<String> keyHeads;
    private final List<String> unknown;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Integer> folded = new HashMap<>();

    private RowLayout(List<String> header, List<String> names, Set<String> keyHeads, List<String> unknown) {
        this.header = List.copyOf(header);
        this.names = List.copyOf(names);
        this.keyHeads = Set.copyOf(keyHeads);
        this.unknown = List.copyOf(unknown);
        for (int i = 0; i < names.size(); i++) {
            positions.put(names.get(i), i);
            folded.putIfAbsent(fold(names.get(i)), i);
        }
    }

    /** Takes the first record of an export's first file as its header. */
    public static RowLayout first(
            CsvRecords records, Collection<String> fields, Collection<String> key, Collection<String> leftOut) {
        skipBlank(records);
        CsvRecord record =
                records.peek().orElseThrow(() -> broken(records.file(), 0, "no header; ask for the export again"));
        var layout = of(records.file(), record, fields, key, leftOut);
        records.next();
        return layout;
    }

    /** Like the other, for a header without a file. */
    public static RowLayout of(
            List<String> header, Collection<String> fields, Collection<String> key, Collection<String> leftOut) {
        return of("header", new CsvRecord(1, header.toArray(String[]::new)), fields, key, leftOut);
    }

    /**
     * Matches a header to fields, exactly first and then without regard to case.
     *
     * @param fields the fields that are known, the key's among them or not
     * @param leftOut fields that get no column; they are known
     * @throws CsvException for a blank, doubled or ambiguous name, or a key field that is missing
     */
    static RowLayout of(
            String file,
            CsvRecord record,
            Collection<String> fields,
            Collection<String> key,
            Collection<String> leftOut) {
        List<String> header = List.of(record.cells());
        checkNames(file, record.line(), header);
        Set<String> known = new LinkedHashSet<>(key);
        known.addAll(fields);
        known.addAll(leftOut);
        Map<String, String> fieldByHead = match(file, record.line(), header, known);
        List<String> names = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Set<String> keyHeads = new HashSet<>();
        for (String head : header) {
            String field = fieldByHead.get(head);
            names.add(field == null ? head : field);
            if (field == null) {
                unknown.add(head);
            } else if (key.contains(field)) {
                keyHeads.add(head);
            }
        }
        for (String field : key) {
            if (!names.contains(field)) {
                throw broken(
                        file,
                        record.line(),
                        "the header lacks the key field " + Shown.text(field, 100) + "; of its " + header.size()
                                + " columns " + known(header, fieldByHead.keySet())
                                + "; a file begins with its header, which has that field: ask for it, or correct the"
                                + " stream's key");
            }
        }
        return new RowLayout(header, names, keyHeads, unknown);
    }

    /**
     * The layout of a further file. Consumes its first record if that is a header.
     *
     * @throws CsvException if the first record is a header of other names
     */
    public RowLayout next(CsvRecords records) {
        skipBlank(records);
        var first = records.peek();
        if (first.isEmpty()) {
            return this;
        }
        List<String> cells = List.of(first.get().cells());
        if (cells.size() == header.size() && new HashSet<>(cells).equals(new HashSet<>(header))) {
            records.next();
            return reordered(cells);
        }
        if (cells.stream().anyMatch(keyHeads::contains)) {
            throw broken(
                    records.file(),
                    first.get().line(),
                    "the header is not the first file's: " + without(header, cells)
                            + " of its columns are missing and " + without(cells, header)
                            + " are new; all files of an export must have the same columns");
        }
        return this;
    }

    /** The number of cells of each record. */
    public int width() {
        return names.size();
    }

    /** The fields in the order of the cells: as configured or described where known, else as the header has them. */
    public List<String> names() {
        return names;
    }

    /** Names of the header that are no known field. */
    public List<String> unknown() {
        return unknown;
    }

    /** The place of a field in a record, from 0, by exact name first and then without regard to case; -1 without one. */
    public int position(String field) {
        Integer exact = positions.get(field);
        return exact != null ? exact : folded.getOrDefault(fold(field), -1);
    }

    private RowLayout reordered(List<String> cells) {
        List<String> moved = new ArrayList<>();
        for (String head : cells) {
            moved.add(names.get(header.indexOf(head)));
        }
        return new RowLayout(cells, moved, keyHeads, unknown);
    }

    private static void checkNames(String file, long line, List<String> header) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name.isBlank()) {
                throw broken(file, line, "column " + (i + 1) + " of the header has no name; ask for the export again");
            }
            if (new Texts(0).read(name) instanceof Misfit misfit) {
                throw broken(file, line, "the name of column " + (i + 1) + " " + misfit.reason());
            }
            Integer twin = seen.putIfAbsent(name, i + 1);
            if (twin != null) {
                throw broken(
                        file,
                        line,
                        "columns " + twin + " and " + (i + 1) + " of the header have the same name; ask for that field"
                                + " only once");
            }
        }
    }

    private static Map<String, String> match(String file, long line, List<String> header, Set<String> known) {
        Map<String, String> fieldByHead = new HashMap<>();
        Map<String, String> loose = new HashMap<>();
        for (String field : known) {
            if (header.contains(field)) {
                fieldByHead.put(field, field);
            } else {
                loose.putIfAbsent(fold(field), field);
            }
        }
        Map<String, String> taken = new HashMap<>();
        for (String head : header) {
            String field = fieldByHead.containsKey(head) ? null : loose.get(fold(head));
            if (field == null) {
                continue;
            }
            String other = taken.putIfAbsent(field, head);
            if (other != null) {
                throw broken(
                        file,
                        line,
                        "the header's " + Shown.text(other, 100) + " and " + Shown.text(head, 100)
                                + " both mean the field " + field + "; ask for one of them");
            }
            fieldByHead.put(head, field);
        }
        return fieldByHead;
    }

    private static void skipBlank(CsvRecords records) {
        while (records.peek().filter(CsvRecord::blank).isPresent()) {
            records.next();
        }
    }

    private static long without(List<String> names, List<String> others) {
        return names.stream().filter(name -> !others.contains(name)).count();
    }

    /** What may be shown of a header: a name that no field has may be somebody's data, in a file without a header. */
    private static String known(List<String> header, Set<String> known) {
        List<String> names = header.stream().filter(known::contains).toList();
        return names.isEmpty()
                ? "none is a known field"
                : "these are known fields: " + Shown.text(String.join(", ", names), 1_000);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static CsvException broken(String file, long line, String reason) {
        return new CsvException(CsvException.Kind.BROKEN, file, line, reason);
    }
}
