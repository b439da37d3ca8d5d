package io.tidemark.csv;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.processor.UnmarshalProcessor;
import org.apache.commons.csv.CSVException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one file, lazily, with one to look at ahead. What the parser throws comes out as {@link CsvException}.
 */
public final class CsvRecords implements Iterator<CsvRecord> {

    private final String file;
    private final Supplier<Wholeness> end;
    private final Iterator<?> parsed;
    private @Nullable CsvRecord ahead;
    private long line = 1;

    private CsvRecords(String file, Supplier<Wholeness> end, Iterator<?> parsed) {
        this.file = file;
        this.end = end;
        this.parsed = parsed;
    }

    /**
     * What a route made of a text.
     *
     * @param parsed the body after {@code unmarshal}, an iterator of {@link CsvRecord}
     */
    public static CsvRecords of(CsvText text, Iterator<?> parsed) {
        return new CsvRecords(text.file(), text::wholeness, parsed);
    }

    /** Records that did not come as CSV, and whose end is an end. */
    static CsvRecords of(String file, Iterator<CsvRecord> records) {
        return new CsvRecords(file, () -> new Wholeness(true, true), records);
    }

    /**
     * Records that are there already.
     *
     * @param file how messages and rejects call them
     * @param rows a cell for each name of the header, null for no value
     */
    public static CsvRecords of(String file, List<String> header, List<? extends List<@Nullable String>> rows) {
        var records = new ArrayList<CsvRecord>();
        records.add(new CsvRecord(1, header.toArray(String[]::new)));
        for (List<@Nullable String> row : rows) {
            String[] cells = row.stream().map(cell -> cell == null ? "" : cell).toArray(String[]::new);
            records.add(new CsvRecord(records.size() + 1L, cells));
        }
        return of(file, records.iterator());
    }

    /** The records of a text without a route, through the same data format. */
    public static CsvRecords read(CsvText text) {
        var exchange = new DefaultExchange(Unrouted.CONTEXT);
        exchange.getIn().setBody(text);
        Unrouted.UNMARSHAL.process(exchange, done -> {});
        if (exchange.getException() != null) {
            throw new IllegalStateException(text.file() + " cannot be unmarshalled", exchange.getException());
        }
        return of(text, exchange.getMessage().getBody(Iterator.class));
    }

    public String file() {
        return file;
    }

    /** What the end of the file says; to be asked when {@link #hasNext} is false. */
    public Wholeness wholeness() {
        return end.get();
    }

    /** The record that {@link #next} will return, empty at the end. */
    public Optional<CsvRecord> peek() {
        return hasNext() ? Optional.ofNullable(ahead) : Optional.empty();
    }

    @Override
    public boolean hasNext() {
        if (ahead != null) {
            return true;
        }
        try {
            if (!parsed.hasNext()) {
                return false;
            }
            ahead = (CsvRecord) parsed.next();
            line = ahead.line();
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CSVException
                    ? broken(e)
                    : new CsvException(
                            CsvException.Kind.TRANSPORT,
                            file,
                            line,
                            "the file cannot be read on after this record; download it again",
                            e);
        } catch (IllegalStateException e) {
            throw broken(e);
        }
    }

    private CsvException broken(RuntimeException e) {
        return new CsvException(
                CsvException.Kind.BROKEN,
                file,
                line,
                "the CSV is broken after this record; ask for the export again",
                e);
    }

    @Override
    public CsvRecord next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException(file + " has no further record");
        }
        CsvRecord record = ahead;
        ahead = null;
        return record;
    }

    /** A context that is never started and so has no threads: camel-csv takes only its type converters. */
    private static final class Unrouted {

        static final CamelContext CONTEXT = new DefaultCamelContext();
        static final UnmarshalProcessor UNMARSHAL = new UnmarshalProcessor(CsvFormat.dataFormat());

        static {
            UNMARSHAL.setCamelContext(CONTEXT);
            UNMARSHAL.start();
        }
    }
}
