package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Talks to a pretended MPDX the way a client does. */
final class MpdxCaller {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final MpdxSandbox sandbox;

    MpdxCaller(MpdxSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** A request without a token; brackets and spaces in its address are escaped here. */
    HttpRequest.Builder to(String path) {
        String address =
                sandbox.baseUrl() + path.replace("[", "%5B").replace("]", "%5D").replace(" ", "%20");
        return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(60));
    }

    HttpRequest.Builder signed(String path) {
        return to(path).header("Authorization", "Bearer " + sandbox.token());
    }

    HttpResponse<String> call(String method, String path, String body) throws IOException {
        return send(signed(path)
                .header("Accept", "application/vnd.api+json")
                .header("Content-Type", "application/vnd.api+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException {
        return call("GET", path, "");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }
}
