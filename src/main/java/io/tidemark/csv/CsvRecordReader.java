package io.tidemark.csv;

import org.apache.camel.dataformat.csv.CsvRecordConverter;
import org.apache.commons.csv.CSVRecord;

/** What camel-csv makes of each record. Has no state; one serves every route. */
public final class CsvRecordReader implements CsvRecordConverter<CsvRecord> {

    /** To be called before the parser reads on, as camel-csv does: the line is counted back from the record's end. */
    @Override
    public CsvRecord convertRecord(CSVRecord record) {
        String[] cells = record.values();
        long line = record.getParser().getCurrentLineNumber();
        for (String cell : cells) {
            if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
                line -= lineEnds(cell);
            }
        }
        return new CsvRecord(line, cells);
    }

    private static int lineEnds(String cell) {
        int ends = 0;
        char previous = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '\r' || (c == '\n' && previous != '\r')) {
                ends++;
            }
            previous = c;
        }
        return ends;
    }
}
