package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are slow, silent or endless, and how the components of a source get rid of them. */
@Timeout(120)
final class WireLimitsTest {
    private static final long GIGABYTE = 1L << 30;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: ";

    @TempDir
    Path folder;

    @Test
    void aServerThatTakesTheRequestAndIsSilentIsGivenUp() throws Exception {
        try (var server = new OddServer((out, self) -> self.pause(600_000));
                Wire wire = wire(server)) {
            assertThat(wire.download(server.address("/a.csv"), (status, body) -> body.readAllBytes()))
                    .get()
                    .isInstanceOf(IOException.class)
                    .extracting(Exception::getMessage)
                    .isEqualTo("Read timed out");
            assertThat(wire.call((status, body) -> body.readAllBytes())).get().isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHeadThatComesOneByteAtATimeIsGivenUp() throws Exception {
        try (var server = new OddServer((out, self) -> drip(HEAD + "5\r\n\r\nhello", out, self));
                Wire wire = wire(server)) {
            assertThat(wire.download(server.address("/a.csv"), (status, body) -> body.readAllBytes()))
                    .get()
                    .isInstanceOf(IOException.class)
                    .extracting(Exception::getMessage)
                    .isEqualTo("the answer had not begun after PT1S");
            assertThat(server.clientGone(20)).isTrue();
            assertThat(wire.call((status, body) -> body.readAllBytes())).get().isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBodyThatComesOneByteAtATimeIsGivenUp() throws Exception {
        try (var server = new OddServer((out, self) -> {
                    out.write((HEAD + "1000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    drip("x".repeat(1000), out, self);
                });
                Wire wire = wire(server)) {
            assertThat(wire.download(server.address("/a.csv"), (status, body) -> body.readAllBytes()))
                    .get()
                    .isInstanceOf(IOException.class)
                    .extracting(Exception::getMessage)
                    .isEqualTo("the answer took longer than PT2S");
            assertThat(server.clientGone(20)).isTrue();
        }
    }

    @Test
    void aBodyThatStopsHalfwayIsGivenUp() throws Exception {
        try (var server = new OddServer((out, self) -> {
                    out.write((HEAD + "1000\r\n\r\nhalf").getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    self.pause(600_000);
                });
                Wire wire = wire(server)) {
            assertThat(wire.download(server.address("/a.csv"), (status, body) -> body.readAllBytes()))
                    .get()
                    .isInstanceOf(IOException.class)
                    .extracting(Exception::getMessage)
                    .isEqualTo("Read timed out");
        }
    }

    @Test
    void aServerThatTakesTheConnectionAndNeverSpeaksTlsIsGivenUp() throws Exception {
        try (var server = new OddServer((out, self) -> self.pause(600_000));
                Wire wire = wire(server)) {
            URI tls = URI.create(server.address("/a.csv").toString().replace("http:", "https:"));
            assertThat(wire.download(tls, (status, body) -> body.readAllBytes()))
                    .get()
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBodyThatIsClosedHalfReadIsNotDrained() throws Exception {
        var sent = new AtomicLong();
        try (var server = new OddServer((out, self) -> {
                    out.write((HEAD + GIGABYTE + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    byte[] piece = new byte[64 * 1024];
                    while (sent.get() < GIGABYTE) {
                        out.write(piece);
                        sent.addAndGet(piece.length);
                    }
                });
                Wire wire = wire(server)) {
            assertThat(wire.download(server.address("/a.csv"), (status, body) -> {
                        body.readNBytes(1 << 20);
                        body.close();
                    }))
                    .isEmpty();
            assertThat(server.clientGone(20)).isTrue();
            assertThat(sent.get()).isLessThan(GIGABYTE / 10);
        }
    }

    @Test
    void aBodyThatNobodyClosesIsNotDrainedEither() throws Exception {
        var sent = new AtomicLong();
        try (var server = new OddServer((out, self) -> {
                    out.write((HEAD + GIGABYTE + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    byte[] piece = new byte[64 * 1024];
                    while (sent.get() < GIGABYTE) {
                        out.write(piece);
                        sent.addAndGet(piece.length);
                    }
                });
                Wire wire = wire(server)) {
            assertThat(wire.download(server.address("/a.csv"), (status, body) -> {
                        throw new IOException("the load ends early");
                    }))
                    .get()
                    .extracting(Exception::getMessage)
                    .isEqualTo("the load ends early");
            assertThat(server.clientGone(20)).isTrue();
            assertThat(sent.get()).isLessThan(GIGABYTE / 10);
        }
    }

    private static void drip(String text, OutputStream out, OddServer server) throws IOException, InterruptedException {
        for (byte next : text.getBytes(StandardCharsets.US_ASCII)) {
            out.write(next);
            out.flush();
            if (!server.pause(100)) {
                return;
            }
        }
    }

    private Wire wire(OddServer server) throws Exception {
        return new Wire(folder, server.address("/v4"), Wire.SHORT);
    }
}
