package io.tidemark.route;

import io.tidemark.csv.ContentInfo;
import io.tidemark.csv.CsvRecords;
import io.tidemark.csv.CsvText;
import io.tidemark.csv.FileTexts;
import io.tidemark.csv.JsonRecords;
import io.tidemark.csv.SheetRecords;
import io.tidemark.system.ExportFile;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file while it is loaded: one text or several for the parser, or records at once where it is no CSV. */
abstract sealed class Reading implements AutoCloseable {

    static Reading open(InputStream bytes, ContentInfo info, ExportFile.Format format, List<String> fields) {
        return switch (format) {
            case CSV -> new Texts(FileTexts.open(bytes, info));
            case JSON -> new Records(JsonRecords.read(bytes, info, fields), () -> {});
            case XLSX -> sheet(SheetRecords.open(bytes, info));
        };
    }

    private static Reading sheet(SheetRecords sheet) {
        return new Records(sheet.records(), sheet::close);
    }

    abstract boolean hasNext();

    /** A text that is to be parsed, or records. */
    abstract Object next();

    /** The records of what came last, from what the route made of it. */
    abstract CsvRecords records(Iterator<?> parsed);

    @Override
    public void close() {}

    private static final class Texts extends Reading {
        private final FileTexts texts;
        private @Nullable CsvText text;

        Texts(FileTexts texts) {
            this.texts = texts;
        }

        @Override
        boolean hasNext() {
            return texts.hasNext();
        }

        @Override
        Object next() {
            text = texts.next();
            return text;
        }

        @Override
        CsvRecords records(Iterator<?> parsed) {
            if (text == null) {
                throw new IllegalStateException("no text is being read");
            }
            return CsvRecords.of(text, parsed);
        }
    }

    private static final class Records extends Reading {
        private final CsvRecords records;
        private final Runnable end;
        private boolean taken;

        Records(CsvRecords records, Runnable end) {
            this.records = records;
            this.end = end;
        }

        @Override
        boolean hasNext() {
            return !taken;
        }

        @Override
        Object next() {
            taken = true;
            return records;
        }

        @Override
        CsvRecords records(Iterator<?> parsed) {
            return records;
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
