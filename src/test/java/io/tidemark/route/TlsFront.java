package io.tidemark.route;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** The sandbox's API behind TLS; its files stay without. */
final class TlsFront implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final EveryActionSandbox sandbox;
    private final HttpsServer server;
    private final AtomicInteger calls = new AtomicInteger();

    TlsFront(EveryActionSandbox sandbox, SSLContext certificate) throws IOException {
        this.sandbox = sandbox;
        this.server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        server.createContext("/", this::pass);
        server.start();
    }

    String baseUrl() {
        return "https://localhost:" + server.getAddress().getPort() + "/v4";
    }

    /** How many calls came through the handshake. */
    int calls() {
        return calls.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        URI api = sandbox.baseUrl();
        var address = URI.create("http://" + api.getAuthority() + exchange.getRequestURI());
        byte[] body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(address)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : new String[] {"Authorization", "Content-Type"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try (exchange) {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
