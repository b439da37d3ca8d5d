package io.tidemark.route;

import io.tidemark.csv.ContentInfo;
import io.tidemark.csv.CsvRecords;
import io.tidemark.settings.SourceSettings;
import io.tidemark.sql.Arrival;
import io.tidemark.sql.CycleCommit;
import io.tidemark.sql.CycleEnd.Counts;
import io.tidemark.sql.LoadCounts;
import io.tidemark.sql.Loader;
import io.tidemark.sql.StreamStore;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.ExportPart;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The load step: every file of the export into staging, then one merge and the watermark. */
public final class Loads {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
    /** What a link that has expired, or is used up, is answered with; Account Engagement says 400. */
    private static final Set<Integer> DEAD_LINK = Set.of(400, 401, 403, 404, 410);

    /** How much of an answer in place of a file is looked at. */
    private static final int BEGINNING = 4096;

    private static final Map<ExportFile.Format, String> ACCEPTED = Map.of(
            ExportFile.Format.CSV, "text/csv, */*;q=0.1",
            ExportFile.Format.JSON, "application/json, */*;q=0.1",
            ExportFile.Format.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1");

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
    public List<ExportPart> begin(@ExchangeProperty("turn") Turn turn, @Body JobStatus status) {
        if (!(status instanceof JobStatus.Ready ready)) {
            polls.notComplete(turn, status);
            return List.of();
        }
        for (ExportPart part : ready.parts()) {
            if (part instanceof ExportFile file
                    && file.expiredAt(turn.stream().clock().now())) {
                throw new LinkDeadException(
                        "the link to a file of job " + turn.state().job().id() + " has expired");
            }
        }
        ActiveStream stream = turn.stream();
        turn.loading(ready, loader.open(stream.target(), turn.claim(), store, transforms.of(stream), arrival(turn)));
        return ready.parts();
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
                turn.stream().writable().map(known -> turn.stream().target().written(known.fields())),
                turn.stream().undeletes());
    }

    /** Writes the download of a file into the message, and which way it goes: {@code download} or {@code fetch}. */
    public void address(@ExchangeProperty("turn") Turn turn, @Body ExportFile file, Exchange exchange) {
        boolean own = file.access() == ExportFile.Access.CREDENTIALS;
        URI address = own ? ownAddress(turn.stream().sourceSettings(), file.address()) : file.address();
        if (own) {
            turn.stream().budget().spend();
        }
        turn.fetching(file);
        exchange.setProperty("way", own ? "fetch" : "download");
        exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, true);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        file.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_URI, address.toString());
        message.setHeader("Accept", ACCEPTED.get(file.format()));
        message.setBody(null);
    }

    private static URI ownAddress(SourceSettings source, URI address) {
        if (!address.isAbsolute()) {
            return source.at(address.toString());
        }
        String origin = OwnOriginCredentials.origin(address);
        if (source.credentialHosts().stream().map(OwnOriginCredentials::origin).noneMatch(origin::equals)) {
            throw new ApiException.Refused("the files are at " + origin
                    + ", which is not the API's own address and gets no credentials. If it is the vendor's, add it to"
                    + " tidemark.sources." + source.name() + ".download-hosts");
        }
        return address;
    }

    /** Makes sure that a file is coming, and opens it. */
    public void open(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelSplitIndex") int index, Exchange exchange)
            throws IOException {
        Message message = exchange.getMessage();
        InputStream body = opened(turn, message);
        var info = new ContentInfo(
                "file " + (index + 1),
                header(message, "Content-Type"),
                header(message, "Content-Encoding"),
                length(message),
                header(message, "Transfer-Encoding").isPresent());
        turn.reading(body, info);
    }

    /** Whether the file holds another text, or another sheet of records. */
    public boolean more(@ExchangeProperty("turn") Turn turn, Exchange exchange) {
        return exchange.getException() == null && turn.reading().hasNext();
    }

    /** The next text of the file for the parser, or its records where it is no text. */
    public Object next(@ExchangeProperty("turn") Turn turn) {
        return turn.reading().next();
    }

    private static Optional<String> header(Message message, String name) {
        return Optional.ofNullable(message.getHeader(name, String.class));
    }

    private static OptionalLong length(Message message) {
        Long length = message.getHeader("Content-Length", Long.class);
        return length == null ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** The bytes of the file that came; an error may come in its place, with any status. */
    private static InputStream opened(Turn turn, Message message) throws IOException {
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        InputStream body =
                Objects.requireNonNullElse(message.getBody(InputStream.class), InputStream.nullInputStream());
        if (status == 200 && !isNoCsv(turn, header(message, "Content-Type").orElse(""))) {
            return body;
        }
        byte[] beginning = body.readNBytes(BEGINNING);
        String text = new String(beginning, StandardCharsets.UTF_8);
        turn.stream()
                .export()
                .noFile(new ApiAnswer(status, Calls.headers(message), text, turn.now()))
                .ifPresent(words -> {
                    throw new LinkDeadException("the link to a file has nothing to give any more: " + words);
                });
        if (status == 200) {
            return new SequenceInputStream(new ByteArrayInputStream(beginning), body);
        }
        if (DEAD_LINK.contains(status)) {
            throw new LinkDeadException("the link to a file answered with status " + status);
        }
        throw new ApiException.RetryLater("the download of a file answered with status " + status, Optional.empty());
    }

    /** Whether an answer says of itself that it is none of the files that were asked for. */
    private static boolean isNoCsv(Turn turn, String type) {
        return turn.fetched().format() == ExportFile.Format.CSV
                && type.toLowerCase(Locale.ROOT).matches("[^;]*(json|xml)\\b.*");
    }

    /** Loads the rows of a text, or of a sheet, into staging. */
    public void stage(@ExchangeProperty("turn") Turn turn, @Body Iterator<?> records) {
        turn.load().stage(turn.reading().records(records));
    }

    /** The first call for rows that are read page by page. */
    public Step<Page> firstPage(@Body ExportPages pages) {
        return pages.first();
    }

    /** Whether there is another page to ask for; after a failure there is none. */
    public boolean anotherPage(Exchange exchange) {
        return exchange.getException() == null && exchange.getMessage().getBody() instanceof Step<?>;
    }

    /** Loads a page's rows into staging; the call for the next page, null after the last. */
    public @Nullable Step<Page> page(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("CamelLoopIndex") int index, @Body Page page) {
        turn.load().stage(CsvRecords.of("page " + (index + 1), page.fields(), page.rows()));
        return page.next().map(Supplier::get).orElse(null);
    }

    /**
     * The known records that a full comparison should have brought and did not, for which it is to be looked whether they are
     * gone: those of a batch of keys, or those that last changed in the window that was shown.
     */
    public List<String> missing(@ExchangeProperty("turn") Turn turn) {
        if (turn.isOver()
                || turn.state().inFlight().kind() != CycleKind.RECONCILE
                || !turn.stream().findsGone()) {
            return List.of();
        }
        Flight flight = turn.state().inFlight();
        Optional<String> upTo = flight.upToKey();
        if (upTo.isPresent()) {
            return turn.load().unseen(turn.state().keysDone(), upTo.get());
        }
        Instant end = flight.to();
        return end != null && turn.stream().windowsTellMissing() ? turn.load().unseen(flight.from(), end) : List.of();
    }

    /** Looks at a record. */
    public Step<Present> look(@ExchangeProperty("turn") Turn turn, @ExchangeProperty("key") String key) {
        return turn.stream().writing().read(key);
    }

    /** Takes notice of a record that is gone; one that is still there keeps its row as it is. */
    public void looked(
            @ExchangeProperty("turn") Turn turn, @ExchangeProperty("key") String key, @Body Present present) {
        if (present instanceof Present.Gone) {
            turn.load().gone(key);
        }
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
        turn.stream().export().finished(turn.state().job().id()).ifPresent(turn::sayFarewell);
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
