package io.tidemark.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.DeletionRule;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowReaderTest {

    private static final List<String> FIELDS = List.of("id", "name", "paid");
    private static final RowPlan PLAN = new RowPlan(
            List.of(
                    new Column("id", ColumnType.BIGINT, true, true),
                    new Column("name", ColumnType.varchar(5), false, false),
                    new Column("paid", ColumnType.numeric(6, 2), false, false)),
            List.of(new DeletionRule("Kind", Set.of("delete"))),
            Optional.of("Changed"),
            Optional.of("ErrorMessage"),
            ZoneId.of("America/New_York"));

    static Stream<Cases> cases() {
        return Cases.of("rows.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordsBecomeRowsAndRejects(Cases table) {
        var found = new ArrayList<String>();
        try {
            var records = CsvRecords.read(table.open());
            var layout = layout(records);
            var rows = new RowReader(records, layout, PLAN, reject -> found.add(line(reject)));
            rows.forEachRemaining(row -> found.add(line(row)));
            assertThat(rows.read()).isEqualTo(table.expected().size());
            assertThat(rows.read()).isEqualTo(rows.good() + rows.rejected());
        } catch (CsvException e) {
            found.add("! " + e.getMessage());
        }
        assertThat(found).isEqualTo(table.expected());
    }

    @Test
    void inASingleColumnABlankLineIsARecord() {
        var rejects = new ArrayList<Reject>();
        var records = CsvRecords.read(Cases.open("id\\n1\\n\\n2\\n"));
        var rows = new RowReader(records, layout(records), plan("id"), rejects::add);
        assertThat(rows).toIterable().extracting(Row::line).containsExactly(2L, 4L);
        assertThat(rejects)
                .containsExactly(
                        new Reject("case.csv", 3, "id", "is empty, but the column is part of the key", "", null));
        assertThat(rows.read()).isEqualTo(3);
    }

    @Test
    void aRequiredColumnMayNotBeEmpty() {
        var rejects = new ArrayList<Reject>();
        var records = CsvRecords.read(Cases.open("id,name\\n1,\\n"));
        var plan = new RowPlan(
                List.of(new Column("name", ColumnType.TEXT, false, true)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ZoneId.of("UTC"));
        assertThat(new RowReader(records, layout(records), plan, rejects::add).hasNext())
                .isFalse();
        assertThat(rejects)
                .containsExactly(
                        new Reject("case.csv", 2, "name", "is empty, but the column may not be null", "1,", null));
    }

    @Test
    void theTimeOfTheLastChangeComesFromTheRawCell() {
        var records = CsvRecords.read(Cases.open("id,Changed\\n1,2026-03-01T09:15:00\\n2,whenever\\n"));
        var rows = new RowReader(records, layout(records), plan("id"), reject -> {});
        assertThat(rows)
                .toIterable()
                .extracting(Row::changedAt)
                .containsExactly(Instant.parse("2026-03-01T14:15:00Z"), null);
    }

    @Test
    void theRawTextOfARejectIsBounded() {
        var rejects = new ArrayList<Reject>();
        var records = CsvRecords.read(Cases.open("id,name\\nx,\"" + "😀,".repeat(3_000) + "\"\\n"));
        assertThat(new RowReader(records, layout(records), plan("id"), rejects::add))
                .toIterable()
                .isEmpty();
        assertThat(rejects).hasSize(1);
        assertThat(rejects.get(0).raw()).startsWith("x,\"😀,😀,").endsWith("…").hasSizeBetween(1_990, 2_000);
    }

    @Test
    void aPlanThatTheFileCannotFillIsRefused() {
        var records = CsvRecords.read(Cases.open("id,name\\n1,Ada\\n"));
        var layout = layout(records);
        assertThatThrownBy(() -> new RowReader(records, layout, PLAN, reject -> {}))
                .hasMessage("the file has no field paid; it has id, name");
    }

    @Test
    void aShortLastRecordIsSeen() {
        var records = CsvRecords.read(Cases.open("id,name\\n1,Ada\\n2"));
        var rows = new RowReader(records, layout(records), plan("id"), reject -> {});
        rows.forEachRemaining(row -> {});
        assertThat(rows.shortLast()).isTrue();
        assertThat(rows.wholeness()).isEqualTo(new Wholeness(false, false));
        assertThat(rows.wholeness().doubtful(false)).isTrue();
        assertThat(new Wholeness(false, true).doubtful(true)).isTrue();
        assertThat(new Wholeness(false, true).doubtful(false)).isFalse();
        assertThat(new Wholeness(true, false).doubtful(true)).isFalse();
    }

    @Test
    void twoHundredThousandRowsAreNeverReadFarAhead() {
        var source = new Generated(200_000);
        var records = CsvRecords.read(CsvText.open(source, ContentInfo.unknown("big.csv")));
        var rows = new RowReader(records, layout(records), plan("id", "name"), reject -> {});
        long furthest = 0;
        long count = 0;
        while (rows.hasNext()) {
            rows.next();
            furthest = Math.max(furthest, source.line - ++count);
        }
        assertThat(count).isEqualTo(200_000);
        assertThat(rows.rejected()).isZero();
        // a buffer of bytes, one of characters and the parser's own, at some 12 characters a row
        assertThat(furthest).isLessThan(12_000);
    }

    /** Makes rows while they are read, and knows how far reading has got. */
    private static final class Generated extends InputStream {

        private final int rows;
        private byte[] current = "id,name\n".getBytes(UTF_8);
        private int at;
        private int line;

        Generated(int rows) {
            this.rows = rows;
        }

        @Override
        public int read() {
            if (at == current.length) {
                if (line == rows) {
                    return -1;
                }
                current = (++line + ",\"a,b\"\n").getBytes(UTF_8);
                at = 0;
            }
            return current[at++];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
                int next = read();
                if (next < 0) {
                    return i == 0 ? -1 : i;
                }
                into[offset + i] = (byte) next;
            }
            return length;
        }
    }

    private static RowLayout layout(CsvRecords records) {
        return RowLayout.first(records, FIELDS, List.of("id"), List.of("skip"));
    }

    private static RowPlan plan(String... fields) {
        var columns = PLAN.columns().stream()
                .filter(column -> List.of(fields).contains(column.field()))
                .toList();
        return new RowPlan(columns, PLAN.deletions(), PLAN.changeTime(), PLAN.rowError(), PLAN.zone());
    }

    private static String line(Row row) {
        var values = Arrays.stream(row.values()).map(String::valueOf).collect(Collectors.joining("|"));
        return row.line() + " " + values + (row.deleted() ? "+" : "");
    }

    private static String line(Reject reject) {
        return reject.line() + " !" + reject.column() + ": " + reject.reason() + " <" + Cases.escaped(reject.raw())
                + ">";
    }
}
