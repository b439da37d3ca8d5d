package io.tidemark.route;

import io.tidemark.csv.ContentInfo;
import io.tidemark.csv.CsvRecords;
import io.tidemark.csv.CsvText;
import io.tidemark.sql.Arrival;
import io.tidemark.sql.CycleCommit;
import io.tidemark.sql.CycleEnd.Counts;
import io.tidemark.sql.LoadCounts;
import io.tidemark.sql.Loader;
import io.tidemark.sql.StreamStore;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import io.tidemark.system.ApiException;
import io.tidemark.system.ExportFile;
import io.tidemark.system.JobStatus;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The load step: every file of the export into staging, then one merge and the watermark. */
public final class Loads {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

    private final StreamStore store;
    private final Loader loader;
    private final Transforms transforms;
    private final Polls polls;
    private final List<Listener> listeners;
    private final boolean rehearsal;

    /** @param rehearsal whether no line in the log tells of what was not written */
    public Loads(
            StreamStore store,
            Loader loader,
            Transforms transforms,
            Polls polls,
            List<Listener> listeners,
            boolean rehearsal) {
        this.rehearsal = rehearsal;
        this.store = store;
        this.transforms = transforms;
        this.loader = loader;
        this.polls = polls;
        this.listeners = List.copyOf(listeners);
    }

    /** Opens the load of a job that is ready; a job that no longer is goes the way of a poll and ends the turn. */
    public List<ExportFile> open(@ExchangeProperty("turn") Turn turn, @Body JobStatus status) {
        if (!(status instanceof JobStatus.Ready ready)) {
            polls.notComplete(turn, status);
            return List.of();
        }
        for (ExportFile file : ready.files()) {
            if (file.expiredAt(turn.stream().clock().now())) {
                throw new LinkDeadException(
                        "the link to a file of job " + turn.state().job().id() + " has expired");
            }
        }
        ActiveStream stream = turn.stream();
        turn.loading(ready, loader.open(stream.target(), turn.claim(), store, transforms.of(stream), arrival(turn)));
        return ready.files();
    }

    private static Arrival arrival(Turn turn) {
        CycleKind kind = turn.state().inFlight().kind();
        return new Arrival(
                Optional.ofNullable(turn.state().inFlight().to()),
                turn.ahead(),
                kind == CycleKind.READ_BACK
                        ? Optional.of(turn.stream().sourceSettings().settleDelay())
                        : Optional.empty(),
                kind == CycleKind.RECONCILE ? Optional.ofNullable(turn.state().watermark()) : Optional.empty(),
                Optional.of(turn.state().job().requestedAt()),
                turn.stream().writable().map(known -> turn.stream().target().written(known.fields())));
    }

    /** Writes the download of a file into the message. */
    public void address(@Body ExportFile file, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader(Exchange.HTTP_URI, file.address().toString());
        message.setHeader("Accept", "text/csv, */*;q=0.1");
        message.setBody(null);
    }

    /** Makes sure that a file is coming, and makes text of it. */
    public CsvText decode(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelSplitIndex") int index, Exchange exchange) {
        Message message = exchange.getMessage();
        refuse(message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class));
        var info = new ContentInfo(
                "file " + (index + 1),
                header(message, "Content-Type"),
                header(message, "Content-Encoding"),
                length(message),
                header(message, "Transfer-Encoding").isPresent());
        CsvText text = CsvText.open(message.getBody(InputStream.class), info);
        turn.reading(text);
        return text;
    }

    private static Optional<String> header(Message message, String name) {
        return Optional.ofNullable(message.getHeader(name, String.class));
    }

    private static OptionalLong length(Message message) {
        Long length = message.getHeader("Content-Length", Long.class);
        return length == null ? OptionalLong.empty() : OptionalLong.of(length);
    }

    private static void refuse(int status) {
        if (status == 200) {
            return;
        }
        if (status == 401 || status == 403 || status == 404 || status == 410) {
            throw new LinkDeadException("the link to a file answered with status " + status);
        }
        throw new ApiException.RetryLater("the download of a file answered with status " + status, Optional.empty());
    }

    /** Loads one file's rows into staging. */
    public void stage(@ExchangeProperty("turn") Turn turn, @Body Iterator<?> records) {
        turn.load().stage(CsvRecords.of(turn.text(), records));
    }

    /** Merges what was staged and moves the watermark, in one transaction. */
    public void commit(@ExchangeProperty("turn") Turn turn) {
        if (turn.isOver()) {
            return;
        }
        LoadCounts counts = turn.load()
                .commit(
                        turn.ready().records(),
                        new CycleCommit(
                                store,
                                turn.claim(),
                                turn.stream().sourceSettings().settleDelay(),
                                turn::loadMillis));
        turn.over();
        if (!rehearsal) {
            log(turn, counts);
        }
        String name = turn.stream().name();
        long jobMillis = Duration.between(
                        turn.state().job().requestedAt(), turn.claim().takenAt())
                .toMillis();
        listeners.forEach(listener -> listener.committed(name, Counts.of(counts), jobMillis, turn.loadMillis()));
    }

    private static void log(Turn turn, LoadCounts counts) {
        Flight flight = turn.state().inFlight();
        LOG.info(
                "{}: {} to {}: {} rows read, {} inserted, {} updated, {} unchanged, {} deleted, {} rejected, in {} ms",
                turn.stream().name(),
                flight.from(),
                flight.to(),
                counts.read(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.deleted(),
                counts.rejected(),
                turn.loadMillis());
    }
}
