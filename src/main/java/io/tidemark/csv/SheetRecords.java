package io.tidemark.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * The records of an XLSX file's first sheet, lazily; the first row is the header. The file is kept in a temporary one
 * while it is read, because its parts come in any order.
 */
public final class SheetRecords implements AutoCloseable {
    private final Path file;
    private final ReadableWorkbook workbook;
    private final Stream<Row> rows;
    private final CsvRecords records;

    private SheetRecords(Path file, ContentInfo info) throws IOException {
        this.file = file;
        this.workbook = new ReadableWorkbook(file.toFile());
        this.rows = workbook.getFirstSheet().openStream();
        this.records = CsvRecords.of(info.file(), new Cells(info, rows.iterator()));
    }

    /**
     * Downloads a file to its end and opens it.
     *
     * @throws CsvException if it is no workbook, or cannot be read
     */
    public static SheetRecords open(InputStream bytes, ContentInfo info) {
        @Nullable Path file = null;
        try {
            file = Files.createTempFile("tidemark-", ".xlsx");
            Files.copy(FileBytes.unpacked(bytes, info), file, StandardCopyOption.REPLACE_EXISTING);
            return new SheetRecords(file, info);
        } catch (ExcelReaderException | IOException e) {
            delete(file);
            throw broken(info, 0, e);
        } catch (RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    public CsvRecords records() {
        return records;
    }

    @Override
    public void close() {
        rows.close();
        try {
            workbook.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be closed", e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            file.toFile().deleteOnExit();
        }
    }

    private static CsvException broken(ContentInfo info, long line, Exception cause) {
        return new CsvException(
                CsvException.Kind.BROKEN,
                info.file(),
                line,
                "the file is no XLSX workbook, or a damaged one; ask for the export again",
                cause);
    }

    /** A record for each row, as wide as the first. */
    private static final class Cells implements Iterator<CsvRecord> {
        private final ContentInfo info;
        private final Iterator<Row> rows;
        private int width;
        private long line;

        Cells(ContentInfo info, Iterator<Row> rows) {
            this.info = info;
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            try {
                return rows.hasNext();
            } catch (ExcelReaderException e) {
                throw broken(info, line, e);
            }
        }

        @Override
        public CsvRecord next() {
            try {
                Row row = rows.next();
                line = row.getRowNum();
                width = Math.max(width, line == 1 ? row.getCellCount() : 0);
                var cells = new String[Math.max(width, row.getCellCount())];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = row.getOptionalCell(i).map(Cells::text).orElse("");
                }
                return new CsvRecord(line, cells);
            } catch (ExcelReaderException e) {
                throw broken(info, line, e);
            }
        }

        /** The value as it is stored: a number without its format. */
        private static String text(Cell cell) {
            return cell.getType() == CellType.NUMBER ? cell.asNumber().toPlainString() : cell.getText();
        }
    }
}
