package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.sandbox.SandboxCaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Talks to a pretended Rebilly the way a client does that knows nothing of it but the vendor's documents. */
final class RebillyCaller {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RebillySandbox sandbox;

    RebillyCaller(RebillySandbox sandbox) {
        this.sandbox = sandbox;
    }

    HttpResponse<String> call(String method, String path, String body) throws IOException {
        return text(keyed(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException {
        return call("GET", path, "");
    }

    JsonNode json(String method, String path, String body) throws IOException {
        return json(call(method, path, body));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return MAPPER.readTree(answer.body());
    }

    HttpRequest.Builder keyed(String path) {
        return plain(path).header("REB-APIKEY", sandbox.user().key());
    }

    HttpRequest.Builder plain(String path) {
        return SandboxCaller.to(path.startsWith("http") ? path : sandbox.baseUrl() + path);
    }

    HttpResponse<String> text(HttpRequest.Builder request) throws IOException {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The entries of a ZIP by name, in their order. */
    Map<String, String> unzipped(String path) throws IOException {
        byte[] bytes =
                send(keyed(path), HttpResponse.BodyHandlers.ofByteArray()).body();
        Map<String, String> texts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                texts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> reader)
            throws IOException {
        try {
            return client.send(request.build(), reader);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
