package io.tidemark.csv;

import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.commons.csv.CSVFormat;

/**
 * The one dialect: RFC 4180. Comma, double quote, nothing trimmed, no escape character, no text that means null. Blank
 * lines come out as a record of one empty cell, because in a file of one column they are one; {@link RowReader} skips
 * them elsewhere. No header is set: row 1 comes out as a record.
 */
public final class CsvFormat {

    private CsvFormat() {}

    /** camel-csv's data format, unmarshalling a {@link CsvText} to a lazy iterator of {@link CsvRecord}. */
    public static CsvDataFormat dataFormat() {
        var format = new CsvDataFormat(CSVFormat.RFC4180);
        format.setIgnoreEmptyLines(false);
        format.setLazyLoad(true);
        format.setRecordConverter(new CsvRecordReader());
        return format;
    }
}
