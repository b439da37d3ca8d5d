package io.tidemark.system.rebilly;

import io.tidemark.sandbox.rebilly.RebillySandbox;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Credentials;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPart;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Makes the adapter's calls over loopback HTTP, the way the bridge does: its credentials, no redirects, no repeats. */
final class RebillyDriver {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final Map<String, String> credentials;

    RebillyDriver(RebillySandbox sandbox, Source source) {
        this.base = sandbox.baseUrl();
        this.credentials = ((Credentials.Lasting) source.credentials()).headers();
    }

    <T> T hold(Step<T> first) {
        Step<T> step = first;
        while (step instanceof Step.Call<T> call) {
            step = call.answer(call(call.request()));
        }
        return ((Step.Done<T>) step).result();
    }

    private ApiAnswer call(ApiRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + request.path()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        request.method(),
                        request.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::setHeader);
        credentials.forEach(builder::setHeader);
        HttpResponse<byte[]> response = send(builder);
        var headers = new LinkedHashMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(values.size() - 1)));
        return new ApiAnswer(
                response.statusCode(),
                headers,
                new String(response.body(), StandardCharsets.UTF_8),
                Instant.parse("2026-03-02T12:00:00Z"));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder builder) {
        try {
            return client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status and the text of a file; of a ZIP the texts of all its entries. */
    String download(ExportPart part) {
        ExportFile file = (ExportFile) part;
        HttpRequest.Builder builder = HttpRequest.newBuilder(file.address()).timeout(Duration.ofSeconds(60));
        if (file.access() == ExportFile.Access.CREDENTIALS) {
            credentials.forEach(builder::setHeader);
        }
        HttpResponse<byte[]> response = send(builder);
        if (response.statusCode() != 200) {
            return "status " + response.statusCode();
        }
        return response.body().length > 1 && response.body()[0] == 'P' && response.body()[1] == 'K'
                ? unzipped(response.body())
                : new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String unzipped(byte[] bytes) {
        var text = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows of all pages, each as its cells with a bar between them. */
    List<String> rows(ExportPart part) {
        var rows = new ArrayList<String>();
        ExportPages.Page page = hold(((ExportPages) part).first());
        add(page, rows);
        while (page.next().isPresent()) {
            page = hold(page.next().get().get());
            add(page, rows);
        }
        return rows;
    }

    private static void add(ExportPages.Page page, List<String> rows) {
        page.rows()
                .forEach(row -> rows.add(
                        row.stream().map(cell -> cell == null ? "" : cell).collect(Collectors.joining("|"))));
    }
}
