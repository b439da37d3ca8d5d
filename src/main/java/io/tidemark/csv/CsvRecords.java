package io.tidemark.csv;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
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

    private final CsvText text;
    private final Iterator<?> parsed;
    private @Nullable CsvRecord ahead;
    private long line = 1;

    private CsvRecords(CsvText text, Iterator<?> parsed) {
        this.text = text;
        this.parsed = parsed;
    }

    /**
     * What a route made of a text.
     *
     * @param parsed the body after {@code unmarshal}, an iterator of {@link CsvRecord}
     */
    public static CsvRecords of(CsvText text, Iterator<?> parsed) {
        return new CsvRecords(text, parsed);
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
        return text.file();
    }

    /** What the end of the file says; to be asked when {@link #hasNext} is false. */
    public Wholeness wholeness() {
        return text.wholeness();
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
                            text.file(),
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
                text.file(),
                line,
                "the CSV is broken after this record; ask for the export again",
                e);
    }

    @Override
    public CsvRecord next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException(text.file() + " has no further record");
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
