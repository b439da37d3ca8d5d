package io.tidemark.system.everyaction;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPart;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Requested;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's word on an export job, as the answer to its creation and to each question after it.
 *
 * @see <a href="https://docs.everyaction.com/reference/changed-entities-common-models">Common models</a>
 */
record EveryActionJob(Json json) {

    private static final String SELF = "excludeChangesFromSelf";

    /** A property that does not come back was not accepted; lists and the resource never come back. */
    Requested requested(EveryActionBody asked) {
        boolean selfRefused = asked.excludeChangesFromSelf() && !json.flag(SELF).orElse(false);
        return new Requested(id(), windowEnd(), selfRefused, json.node().isObject() ? unconfirmed(asked) : idAlone());
    }

    private String id() {
        var id = json.node().isObject() ? json.whole("exportJobId") : json.wholeValue();
        if (id.isEmpty()) {
            throw json.unexpected("exportJobId");
        }
        return Long.toString(id.getAsLong());
    }

    private static List<String> idAlone() {
        return List.of("EveryAction answered with the job's id alone and confirmed nothing that was asked for");
    }

    private List<String> unconfirmed(EveryActionBody asked) {
        var notes = new ArrayList<String>();
        confirm(notes, "dateChangedFrom", EveryActionTime.format(asked.from()), time("dateChangedFrom"));
        asked.includeInactive()
                .ifPresent(wanted -> confirm(
                        notes,
                        "includeInactive",
                        wanted.toString(),
                        json.flag("includeInactive").map(String::valueOf)));
        asked.parameters()
                .contactMode()
                .ifPresent(mode -> confirm(notes, "contactMode", mode.toString(), json.text("contactMode")));
        return notes;
    }

    private Optional<String> time(String name) {
        return json.text(name).flatMap(EveryActionTime::parse).map(EveryActionTime::format);
    }

    private static void confirm(List<String> notes, String name, String asked, Optional<String> answered) {
        if (!answered.equals(Optional.of(asked))) {
            notes.add(name + " was asked for as " + asked + ", but EveryAction "
                    + answered.map(other -> "answered " + Words.bounded(other)).orElse("did not confirm it"));
        }
    }

    private @Nullable Instant windowEnd() {
        return json.text("dateChangedTo").flatMap(EveryActionTime::parse).orElse(null);
    }

    JobStatus status() {
        String word = json.text("jobStatus").map(Words::bounded).orElse("no jobStatus");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "pending", "inprocess" -> new JobStatus.Running(word);
            case "complete" -> new JobStatus.Ready(word, files(), json.whole("exportedRecordCount"), windowEnd());
            case "error" -> new JobStatus.Failed(word, reason());
            default -> new JobStatus.Unknown(word);
        };
    }

    private String reason() {
        String message = json.text("message").map(Words::bounded).orElse("no message");
        return json.text("code")
                .map(code -> message + " (code " + Words.bounded(code) + ")")
                .orElse(message);
    }

    private List<ExportPart> files() {
        Optional<Json> files = json.get("files");
        if (files.isEmpty() && json.whole("exportedRecordCount").equals(OptionalLong.of(0))) {
            return List.of();
        }
        return files.filter(Json::isArray).map(EveryActionJob::files).orElseThrow(this::noFiles);
    }

    /** Asking again costs nothing and the job's time limit ends it; taking it for an empty export would lose the window. */
    private ApiException noFiles() {
        return new ApiException.RetryLater(
                json.origin() + " with a complete job that holds no list of files", Optional.empty());
    }

    private static List<ExportPart> files(Json list) {
        var files = new ArrayList<ExportPart>();
        for (Json entry : list.elements()) {
            files.add(ExportFile.csv(
                    address(entry, files.size() + 1),
                    entry.text("dateExpired").flatMap(EveryActionTime::parse).orElse(null)));
        }
        return files;
    }

    private static URI address(Json entry, int number) {
        return entry.text("downloadUrl")
                .flatMap(EveryActionJob::webAddress)
                .orElseThrow(() -> new ApiException.Refused(entry.origin() + " with no usable downloadUrl for file "
                        + number + " (its address is not shown)"));
    }

    /** The address of a file, which is a secret: a problem with it is reported without it. */
    private static Optional<URI> webAddress(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            return Optional.of(address).filter(any -> web && any.getHost() != null);
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
