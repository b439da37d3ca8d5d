package io.tidemark.csv;

/**
 * What the end of a file says about its wholeness. A file that broke off provably never gets here: it is a
 * {@link CsvException}.
 *
 * @param proved whether a length, the end of a chunked transfer or a gzip trailer shows that nothing is missing
 * @param lineEnd whether the last character was a line end
 */
public record Wholeness(boolean proved, boolean lineEnd) {

    /**
     * Whether the file may have been cut: then only the announced number of records can show that it is whole.
     *
     * @param shortLast whether the last record has fewer cells than the header
     */
    public boolean doubtful(boolean shortLast) {
        return !proved && (!lineEnd || shortLast);
    }
}
