package io.tidemark.system.mpdx;

import io.tidemark.sandbox.mpdx.MpdxSandbox;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Credentials;
import io.tidemark.system.Export;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.ExportPart;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the adapter's conversations with a running sandbox over HTTP. */
final class MpdxWire {
    private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final MpdxSandbox sandbox;
    final Source source;

    /** With the token of the sandbox, and further options of the source. */
    MpdxWire(MpdxSandbox sandbox, Map<String, String> options) {
        this(sandbox, sandbox.token(), options);
    }

    MpdxWire(MpdxSandbox sandbox, String token, Map<String, String> options) {
        this.sandbox = sandbox;
        var all = new LinkedHashMap<String, String>();
        all.put("token", token);
        all.put("account-list-id", sandbox.user().accountLists().get(0));
        all.putAll(options);
        this.source = new Mpdx().open(all);
    }

    static ExportSpec spec(String resource, Map<String, String> parameters) {
        return new ExportSpec("ours", resource, List.of(), parameters, true, Optional.empty());
    }

    <T> T hold(Step<T> first) {
        Step<T> step = first;
        while (step instanceof Step.Call<T> call) {
            step = call.answer(send(call.request()));
        }
        return ((Step.Done<T>) step).result();
    }

    private ApiAnswer send(ApiRequest request) {
        var builder = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + request.path()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        request.method(),
                        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        ((Credentials.Lasting) source.credentials()).headers().forEach(builder::header);
        HttpResponse<String> answer = exchange(builder.build(), HttpResponse.BodyHandlers.ofString());
        var headers = new LinkedHashMap<String, String>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.get(values.size() - 1)));
        return new ApiAnswer(answer.statusCode(), headers, answer.body(), NOW);
    }

    /** Downloads a file the way the bridge does: with the credentials, below the base URL. */
    HttpResponse<byte[]> download(ExportFile file, String... headers) {
        var builder = HttpRequest.newBuilder(
                        URI.create(sandbox.baseUrl() + file.address().toString()))
                .timeout(Duration.ofSeconds(60));
        ((Credentials.Lasting) source.credentials()).headers().forEach(builder::header);
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return exchange(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every row of a window, as maps without the empty cells, in the order in which they came. */
    List<Map<String, String>> window(ExportSpec spec, String from, String to) {
        return rows(spec, new ExportRequest(Instant.parse(from), Instant.parse(to), List.of(), false));
    }

    List<Map<String, String>> byKeys(ExportSpec spec, List<String> keys) {
        return rows(spec, new ExportRequest(Instant.EPOCH, NOW, keys, false));
    }

    List<Map<String, String>> rows(ExportSpec spec, ExportRequest request) {
        Export export = source.export(spec);
        var rows = new ArrayList<Map<String, String>>();
        for (ExportPart part : ready(export, request).parts()) {
            Optional<Page> page = Optional.of(hold(((ExportPages) part).first()));
            while (page.isPresent()) {
                rows.addAll(rows(page.get()));
                page = page.get().next().map(next -> hold(next.get()));
            }
        }
        return rows;
    }

    JobStatus.Ready ready(Export export, ExportRequest request) {
        String job = hold(export.request(request)).jobId();
        return (JobStatus.Ready) hold(export.status(job, request));
    }

    private static List<Map<String, String>> rows(Page page) {
        var rows = new ArrayList<Map<String, String>>();
        for (List<@Nullable String> cells : page.rows()) {
            var row = new LinkedHashMap<String, String>();
            for (int column = 0; column < cells.size(); column++) {
                String cell = cells.get(column);
                if (cell != null) {
                    row.put(page.fields().get(column), cell);
                }
            }
            rows.add(row);
        }
        return rows;
    }
}
