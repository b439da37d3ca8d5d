package io.tidemark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SandboxServerTest {
    private static final String FILE = "Key,Text\n1,\"one\"\n2,two\n";

    private static final String CHUNKED = """
            POST /a HTTP/1.1
            Host: x
            Connection: close
            Transfer-Encoding: chunked

            3
            abc
            2
            de
            0

            """;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T09:15:00Z"));
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final AtomicInteger effects = new AtomicInteger();
    private final LoopbackServer server = LoopbackServer.start("test", 0, clock, this::answer, faults, log);
    private final SandboxCaller caller = new SandboxCaller();

    private Response answer(Request request) {
        effects.incrementAndGet();
        return new Response(200, Map.of("Content-Type", "text/csv"), Content.text(FILE));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theDateHeaderFollowsTheClock() throws IOException {
        assertThat(get("/a").headers().allValues("Date")).containsExactly("Sun, 01 Mar 2026 09:15:00 GMT");
        clock.advance(Duration.ofDays(1));
        assertThat(get("/a").headers().allValues("Date")).containsExactly("Mon, 02 Mar 2026 09:15:00 GMT");
    }

    @Test
    void everyRequestIsLoggedWithWhatItHeldAndWhatWasAnswered() throws IOException {
        caller.send(SandboxCaller.to(server.address() + "/a?x=1")
                .header("X-Test", "yes")
                .POST(HttpRequest.BodyPublishers.ofString("hällo")));
        RecordedRequest recorded = log.requests().get(0);
        assertThat(recorded.path()).isEqualTo("/a");
        assertThat(recorded.hasQuery()).isTrue();
        assertThat(recorded.body()).isEqualTo("hällo");
        assertThat(recorded.headers().first("x-test")).contains("yes");
        assertThat(recorded.at()).isEqualTo(clock.instant());
        assertThat(recorded.status()).isEqualTo(200);
        assertThat(log.count("POST", "/a")).isEqualTo(1);
    }

    @Test
    void aFaultHitsAsManyRequestsAsItIsMeantFor() throws IOException {
        faults.next("GET /a*", Fault.status(429).retryAfterSeconds(2).times(2));
        assertThat(get("/b").statusCode()).isEqualTo(200);
        HttpResponse<String> limited = get("/a/1");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("2");
        assertThat(get("/a/2").statusCode()).isEqualTo(429);
        assertThat(get("/a/3").statusCode()).isEqualTo(200);
        assertThat(effects).hasValue(2);
    }

    @Test
    void aRetryAfterDateIsMeasuredByTheClock() throws IOException {
        faults.next("* /*", Fault.status(503).retryAfterDate(Duration.ofSeconds(90)));
        assertThat(get("/a").headers().firstValue("Retry-After")).contains("Sun, 01 Mar 2026 09:16:30 GMT");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void aPageOfHtmlCanStandInPlaceOfTheAnswer(int status) throws IOException {
        faults.next("GET /*", Fault.html(status));
        HttpResponse<String> page = get("/a");
        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void aRedirectNamesItsAim() throws IOException {
        faults.next("GET /*", Fault.redirect("http://files.example.org/x"));
        assertThat(get("/a").headers().firstValue("Location")).contains("http://files.example.org/x");
    }

    @Test
    void aResetLeavesNoAnswerAndNoEffect() {
        faults.next("POST /*", Fault.reset());
        assertThatIOException().isThrownBy(() -> post("/a"));
        assertThat(effects).hasValue(0);
        assertThat(log.requests().get(0).status()).isZero();
    }

    @Test
    void aLostAnswerHasHadItsEffect() {
        faults.next("POST /*", Fault.answerLost());
        assertThatIOException().isThrownBy(() -> post("/a"));
        assertThat(effects).hasValue(1);
    }

    @Test
    void aBodyCutShortOfItsLengthIsSeenByTheClient() {
        faults.next("GET /*", Fault.cutBody(5))
                .next("GET /*", Fault.resetBody(5))
                .next("GET /*", Fault.cutChunked(5));
        for (int count = 0; count < 3; count++) {
            assertThatIOException().isThrownBy(() -> get("/a"));
        }
        assertThat(faults.left()).isZero();
    }

    @Test
    void aBodyThatEndsWithTheConnectionCanBeCutUnseen() throws IOException {
        faults.next("GET /*", Fault.cutSilently(5));
        assertThat(get("/a").body()).isEqualTo("Key,T");
    }

    @Test
    void aDripArrivesWhole() throws IOException {
        faults.next("GET /*", Fault.drip(Duration.ofMillis(1)));
        assertThat(get("/a").body()).isEqualTo(FILE);
    }

    @Test
    void aFileCanBeSpoiltWithALengthThatAgrees() throws IOException {
        faults.next("GET /*", Fault.truncatedRecord())
                .next("GET /*", Fault.oversizedField(10))
                .next("GET /*", Fault.emptyBody());
        assertThat(get("/a").body()).isEqualTo("Key,Text\n1,\"one\"\n2,");
        assertThat(get("/a").body()).isEqualTo("Key,Text\n1,\"one\"\n2,twoxxxxxxxxxx\n");
        assertThat(get("/a").body()).isEmpty();
    }

    @Test
    void aSlowAnswerHoldsUpNobodyElseAndClosingEndsIt() throws IOException, InterruptedException, TimeoutException {
        faults.next("GET /slow", Fault.slow(Duration.ofHours(1)));
        CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> {
            try {
                return get("/slow");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(log.await("GET", "/slow", 1, Duration.ofMinutes(1))).isTrue();
        assertThat(get("/quick").statusCode()).isEqualTo(200);
        server.close();
        try {
            slow.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(UncheckedIOException.class);
            return;
        }
        throw new AssertionError("the slow answer must not come");
    }

    @Test
    void aBodyInChunksIsRead() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(CHUNKED.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(log.requests().get(0).body()).isEqualTo("abcde");
    }

    @Test
    void aPatternThatIsNoPatternIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> faults.next("v4/people", Fault.reset()))
                .withMessage("a fault names its requests as METHOD /path with * for anything, not: v4/people");
    }

    // the JDK's client repeats a GET by itself when the connection breaks before the answer, but never a POST
    private HttpResponse<String> post(String path) throws IOException {
        return caller.send(SandboxCaller.to(server.address() + path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String path) throws IOException {
        return caller.send(SandboxCaller.to(server.address() + path));
    }
}
