package io.tidemark.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.sandbox.everyaction.ApiUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Talks to a running sandbox the way a client does. */
public final class SandboxCaller {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public static HttpRequest.Builder to(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(60));
    }

    public static HttpRequest.Builder signed(ApiUser user, String address) {
        return to(address).header("Authorization", user.authorization());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public HttpResponse<String> get(ApiUser user, String address) throws IOException {
        return send(signed(user, address));
    }

    public HttpResponse<String> post(ApiUser user, String address, String body) throws IOException {
        return send(signed(user, address).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(ApiUser user, String method, String address, String body) throws IOException {
        return send(signed(user, address).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }
}
