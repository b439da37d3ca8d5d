package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Switches;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an export gives: files on disk and how many records they hold together. */
record ExportFiles(List<Path> files, long records) {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    ExportFiles {
        files = List.copyOf(files);
    }

    /** Writes the records into as few files as the limits allow, one line in memory at a time. */
    static ExportFiles write(List<Version> rows, ExportRequest request, Switches switches, Path folder) {
        if (rows.isEmpty() && switches.get(Doubts.EMPTY_RESULT) == Doubts.EmptyResult.NO_FILES) {
            return new ExportFiles(List.of(), 0);
        }
        try (Writing writing = new Writing(request, switches, folder)) {
            for (Version row : rows) {
                writing.add(row);
            }
            return new ExportFiles(writing.files, rows.size());
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot write an export", e);
        }
    }

    private static final class Writing implements AutoCloseable {
        private final CsvForm form;
        private final Path folder;
        private final boolean headerRepeated;
        private final boolean mark;
        private final long mostBytes;
        private final long mostRows;
        private final List<Path> files = new ArrayList<>();
        private OutputStream out = OutputStream.nullOutputStream();
        private long bytes;
        private long rows;

        Writing(ExportRequest request, Switches switches, Path folder) throws IOException {
            this.form = new CsvForm(request, switches);
            this.folder = folder;
            this.headerRepeated = switches.get(Doubts.HEADER_REPEATED);
            this.mark = switches.get(Doubts.BOM);
            // 1000 keeps the promise whichever kilobyte the client counts in
            this.mostBytes = request.kilobytes() * 1000L;
            int limit = switches.get(Doubts.ROWS_PER_FILE);
            this.mostRows = limit == 0 ? Long.MAX_VALUE : limit;
            nextFile();
        }

        void add(Version row) throws IOException {
            byte[] line = form.row(row).getBytes(StandardCharsets.UTF_8);
            if (rows > 0 && (rows == mostRows || bytes + line.length > mostBytes)) {
                nextFile();
            }
            put(line);
            rows++;
        }

        private void nextFile() throws IOException {
            out.close();
            boolean first = files.isEmpty();
            Path file = Files.createTempFile(folder, "export", ".csv");
            files.add(file);
            out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
            bytes = 0;
            rows = 0;
            if (mark) {
                put(MARK);
            }
            if (first || headerRepeated) {
                put(form.header().getBytes(StandardCharsets.UTF_8));
            }
        }

        private void put(byte[] some) throws IOException {
            out.write(some);
            bytes += some.length;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
