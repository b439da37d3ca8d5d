package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPart;
import io.tidemark.system.JobStatus;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The vendor's word on an export, wrapped in {@code export} or not, its state called so or {@code status}.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/export-v5.html">Export</a>
 */
record AccountEngagementJob(Json json) {

    AccountEngagementJob {
        requireNonNull(json, "json is null");
    }

    static AccountEngagementJob of(Json answer) {
        return new AccountEngagementJob(answer.get("export").orElse(answer));
    }

    String id() {
        OptionalLong id = json.whole("id");
        if (id.isEmpty()) {
            throw json.unexpected("id of an export");
        }
        return Long.toString(id.getAsLong());
    }

    JobStatus status() {
        String word = json.text("state")
                .or(() -> json.text("status"))
                .map(Words::bounded)
                .orElse("no state");
        if (json.text("isExpired").filter(AccountEngagementJob::isYes).isPresent()) {
            return new JobStatus.Gone(word + ", expired");
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "waiting", "processing" -> new JobStatus.Running(word);
            case "complete" -> new JobStatus.Ready(word, files(), OptionalLong.empty(), null);
            case "failed" ->
                new JobStatus.Failed(
                        word,
                        "Account Engagement gives no reason; if it fails again, ask its support, naming the export");
            case "canceled", "cancelled" ->
                new JobStatus.Failed(word, "an administrator canceled it, or it was not done after seven days");
            default -> new JobStatus.Unknown(word);
        };
    }

    private static boolean isYes(String text) {
        return text.equalsIgnoreCase("true") || text.equals("1");
    }

    /** No links for no data, a text for one file, a list for several. Their order says nothing. */
    private List<ExportPart> files() {
        Optional<Json> links = json.get("resultRefs");
        var files = new ArrayList<ExportPart>();
        links.map(found -> found.isArray() ? found.elements() : List.of(found))
                .orElse(List.of())
                .forEach(link -> files.add(file(link, files.size() + 1)));
        return files;
    }

    private ExportFile file(Json link, int number) {
        return link.scalar()
                .flatMap(AccountEngagementJob::webAddress)
                .map(address -> new ExportFile(
                        address, null, ExportFile.Access.CREDENTIALS, ExportFile.Format.CSV, Map.of(), false))
                .orElseThrow(() -> new ApiException.Refused(
                        json.origin() + " with no usable address of file " + number + " (it is not shown)"));
    }

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
