package io.tidemark.system.accountengagement;

import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Credentials;
import io.tidemark.system.Export;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPart;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Grant;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import io.tidemark.system.Writing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds the adapter's conversations with a pretended Account Engagement over real HTTP, tokens included. */
final class AccountEngagementDriver {

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AccountEngagementSandbox sandbox;
    private final InstantSource clock;
    private final Source source;
    private Grant.@Nullable Token token;

    AccountEngagementDriver(AccountEngagementSandbox sandbox, InstantSource clock, Map<String, String> options) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.source = new AccountEngagement().open(options(sandbox, options));
    }

    /** The options of the sandbox's bridge, changed; an empty text takes one out. */
    static Map<String, String> options(AccountEngagementSandbox sandbox, Map<String, String> changes) {
        var options = new HashMap<>(sandbox.options());
        options.put("api-version", "5");
        options.putAll(changes);
        options.values().removeIf(String::isEmpty);
        return options;
    }

    Source source() {
        return source;
    }

    Export export(String resource, Map<String, String> parameters) {
        return source.export(spec(resource, parameters));
    }

    Writing writing(Map<String, String> parameters) {
        return source.writing(spec("prospect", parameters)).orElseThrow();
    }

    static ExportSpec spec(String resource, Map<String, String> parameters) {
        return new ExportSpec("people", resource, List.of(), parameters, true, Optional.empty());
    }

    /** Asks for an export and polls it until it is at its end. */
    JobStatus finished(Export export, ExportRequest request) {
        String job = hold(export.request(request)).jobId();
        for (int polls = 0; polls < 20; polls++) {
            JobStatus status = hold(export.status(job, request));
            if (!(status instanceof JobStatus.Running) && !(status instanceof JobStatus.Unknown)) {
                return status;
            }
        }
        throw new AssertionError("the export does not end");
    }

    /** The rows of an export by field, over all its parts. */
    List<Map<String, String>> rows(Export export, ExportRequest request) {
        JobStatus status = finished(export, request);
        if (!(status instanceof JobStatus.Ready ready)) {
            throw new AssertionError("not ready but " + status);
        }
        var rows = new ArrayList<Map<String, String>>();
        for (ExportPart part : ready.parts()) {
            if (part instanceof ExportPages pages) {
                pages(pages, rows);
            } else if (part instanceof ExportFile file) {
                csv(download(file).body(), rows);
            }
        }
        return rows;
    }

    private void pages(ExportPages pages, List<Map<String, String>> rows) {
        Optional<Supplier<Step<ExportPages.Page>>> next = Optional.of(pages::first);
        while (next.isPresent()) {
            ExportPages.Page page = hold(next.get().get());
            for (List<@Nullable String> cells : page.rows()) {
                var row = new LinkedHashMap<String, String>();
                for (int place = 0; place < cells.size(); place++) {
                    String cell = cells.get(place);
                    row.put(page.fields().get(place), cell == null ? "" : cell);
                }
                rows.add(row);
            }
            next = page.next();
        }
    }

    /** The values of the tests hold no commas, quotes or line ends. */
    private static void csv(String text, List<Map<String, String>> rows) {
        List<String> lines = text.lines().toList();
        String[] names = lines.get(0).split(",", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            var row = new LinkedHashMap<String, String>();
            for (int place = 0; place < names.length; place++) {
                row.put(names[place], cells[place]);
            }
            rows.add(row);
        }
    }

    HttpResponse<String> download(ExportFile file) {
        HttpRequest.Builder request = HttpRequest.newBuilder(file.address());
        if (file.access() == ExportFile.Access.CREDENTIALS) {
            headers().forEach(request::header);
        }
        return send(request.build());
    }

    /** Makes the calls of a conversation; a refused token is renewed once. */
    <T> T hold(Step<T> first) {
        Step<T> step = first;
        while (step instanceof Step.Call<T> call) {
            ApiAnswer answer = call(call.request());
            if (grant().refused(answer)) {
                token = null;
                answer = call(call.request());
            }
            step = call.answer(answer);
        }
        return ((Step.Done<T>) step).result();
    }

    private ApiAnswer call(ApiRequest asked) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + asked.path()))
                .timeout(Duration.ofSeconds(60));
        asked.headers().forEach(request::header);
        headers().forEach(request::header);
        String body = asked.body();
        return answer(send(request.method(
                        asked.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    private Map<String, String> headers() {
        Grant.Token held = token;
        if (held == null || !held.goodAt(clock.instant())) {
            held = granted();
            token = held;
        }
        return grant().headers(held);
    }

    private Grant.Token granted() {
        String form = grant().form(clock.instant()).entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return grant().token(answer(send(HttpRequest.newBuilder(grant().address())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build())));
    }

    private Grant grant() {
        return ((Credentials.Granted) source.credentials()).grant();
    }

    private ApiAnswer answer(HttpResponse<String> response) {
        var headers = new HashMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(values.size() - 1)));
        return new ApiAnswer(response.statusCode(), headers, response.body(), clock.instant());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
