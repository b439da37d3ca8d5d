package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPart;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Requested;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The vendor's word on one data export. */
record RebillyJob(Json json, RebillySelection selection, RebillyCalls calls) {

    private static final Set<String> UNFINISHED = Set.of("pending", "queued", "processing");

    /** An older one of the same name is not the one whose answer was lost a moment ago. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    RebillyJob {
        requireNonNull(json, "json is null");
        requireNonNull(selection, "selection is null");
        requireNonNull(calls, "calls is null");
    }

    Requested requested(RebillyOrder order, ExportRequest request) {
        String id = id();
        Optional<String> field = json.get("dateRange").flatMap(range -> range.text("field"));
        boolean other = field.isPresent() && !field.equals(order.rangeField());
        List<String> notes = other
                ? List.of("the date range was asked to go by "
                        + order.rangeField().orElse("nothing") + ", but Rebilly answered " + Words.bounded(field.get()))
                : List.of();
        return new Requested(id, request.to(), false, notes);
    }

    String id() {
        return json.text("id").filter(RebillyCalls::isId).orElseThrow(() -> json.unexpected("usable id"));
    }

    /** Whether this is the export that an earlier request made, and not one that was given up since. */
    boolean answers(RebillyOrder order, Instant now) {
        return named(order)
                && UNFINISHED.contains(word().toLowerCase(Locale.ROOT))
                && time("createdTime")
                        .filter(created -> !created.isBefore(now.minus(RECENT)))
                        .isPresent();
    }

    /** Whether this is the recurring export of the same order, however old. */
    boolean repeats(RebillyOrder order) {
        return named(order) && json.get("recurring").isPresent();
    }

    private boolean named(RebillyOrder order) {
        return json.text("name").equals(Optional.of(order.name()));
    }

    JobStatus status() {
        String word = word();
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "pending", "queued", "processing" -> new JobStatus.Running(word);
            case "completed" -> ready(word);
            case "failed" -> failed(word);
            default -> new JobStatus.Unknown(word);
        };
    }

    private String word() {
        return json.text("status").map(Words::bounded).orElse("no status");
    }

    private JobStatus ready(String word) {
        OptionalLong records = json.whole("recordCount");
        Optional<ExportPart> file = file();
        if (file.isEmpty() && records.orElse(-1) != 0) {
            throw later(word);
        }
        return new JobStatus.Ready(word, file.stream().toList(), records, null);
    }

    private JobStatus failed(String word) {
        String reason = json.text("failureReason").map(Words::bounded).orElse("no failureReason");
        boolean tooMuch = reason.equals("record-limit-exceeded");
        return new JobStatus.Failed(
                word, tooMuch ? reason + ": one export holds 10,000,000 records at most" : reason, tooMuch);
    }

    /** The last file of a recurring export where it is newer than the window's start; until then there is nothing. */
    JobStatus followed(ExportRequest request) {
        String word = word();
        if (word.equalsIgnoreCase("failed")) {
            return failed(word);
        }
        Optional<ExportPart> file = file();
        boolean newer = time(RebillyResource.CHANGED)
                .map(made -> made.isAfter(request.from()))
                .orElse(true);
        return file.isPresent() && newer
                ? new JobStatus.Ready(word, file.stream().toList(), json.whole("recordCount"), null)
                : new JobStatus.Ready(word, List.of(), OptionalLong.of(0), null);
    }

    /** The file by the link that is wanted, else by the other, else by its id beside the export's own address. */
    private Optional<ExportPart> file() {
        boolean signedFirst = selection.parameters().signedLink();
        Optional<ExportPart> download = link("download").map(link -> part(link, ExportFile.Access.CREDENTIALS));
        Optional<ExportPart> signed = link("signedLink").map(link -> part(link, ExportFile.Access.LINK));
        return (signedFirst ? signed.or(() -> download) : download.or(() -> signed)).or(this::byId);
    }

    private Optional<ExportPart> byId() {
        return json.text("fileId")
                .filter(RebillyCalls::isId)
                .flatMap(id ->
                        link("self").map(self -> part(self.resolve(calls.file(id)), ExportFile.Access.CREDENTIALS)));
    }

    /** A list of parts comes as a ZIP, which is seen by its content; the link is not known to end. */
    private ExportPart part(URI address, ExportFile.Access access) {
        ExportFile.Format format = selection.parameters().json() ? ExportFile.Format.JSON : ExportFile.Format.CSV;
        return new ExportFile(address, null, access, format, Map.of(), false);
    }

    private Optional<URI> link(String rel) {
        return json.get("_links").filter(Json::isArray).stream()
                .flatMap(links -> links.elements().stream())
                .filter(link -> link.text("rel").filter(rel::equalsIgnoreCase).isPresent())
                .flatMap(link -> link.text("href").stream())
                .findFirst()
                .flatMap(RebillyJob::webAddress);
    }

    /** The address of a file may be a secret: a problem with it is reported without it. */
    private static Optional<URI> webAddress(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            return Optional.of(address).filter(any -> web && any.getHost() != null);
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private Optional<Instant> time(String name) {
        return json.text(name).flatMap(RebillyJob::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** Asking again costs nothing and the job's time limit ends it; taking it for an empty export would lose the window. */
    private ApiException later(String word) {
        return new ApiException.RetryLater(
                json.origin() + " with a " + word + " export of "
                        + (json.whole("recordCount").isPresent()
                                ? json.whole("recordCount").getAsLong() + " records"
                                : "an unknown number of records")
                        + " and no usable link to its file",
                Optional.empty());
    }
}
