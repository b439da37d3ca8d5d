package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The credentials reach the API's own scheme, host and port, and nobody else. */
final class OriginTest {
    private static final String CSV =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\nSet-Cookie: a=b\r\n\r\nVanID\n";

    @TempDir
    Path folder;

    @Test
    void aCallBringsTheCredentials() throws Exception {
        try (var api = OddServer.answering(CSV);
                var wire = new Wire(folder, api.address("/v4"), Limits.CALL)) {
            assertThat(wire.call(OriginTest::expectCsv)).isEmpty();
            assertThat(api.heads()).singleElement().asString().contains("\r\nAuthorization: Basic ");
        }
    }

    @Test
    void aRedirectOfTheApiIsNotFollowed() throws Exception {
        try (var other = OddServer.answering(CSV);
                var api = OddServer.answering(redirect(other));
                var wire = new Wire(folder, api.address("/v4"), Limits.CALL)) {
            assertThat(wire.call((status, body) -> assertThat(status).isEqualTo(302)))
                    .isEmpty();
            assertThat(other.heads()).isEmpty();
        }
    }

    @Test
    void aDownloadBringsNoneEvenToTheApisOwnAddress() throws Exception {
        try (var api = OddServer.answering(CSV);
                var wire = new Wire(folder, api.address("/v4"), Limits.DOWNLOAD)) {
            assertThat(wire.download(api.address("/a.csv?sig=1"), OriginTest::expectCsv))
                    .isEmpty();
            assertThat(wire.download(api.address("/b.csv?sig=2"), OriginTest::expectCsv))
                    .isEmpty();
            assertThat(api.heads()).hasSize(2).allSatisfy(OriginTest::expectNoSecret);
        }
    }

    @Test
    void aRedirectOfADownloadIsFollowedWithoutAny() throws Exception {
        try (var other = OddServer.answering(CSV);
                var files = OddServer.answering(redirect(other));
                var wire = new Wire(folder, files.address("/v4"), Limits.DOWNLOAD)) {
            assertThat(wire.download(files.address("/a.csv?sig=1"), OriginTest::expectCsv))
                    .isEmpty();
            assertThat(files.heads()).singleElement().satisfies(OriginTest::expectNoSecret);
            assertThat(other.heads())
                    .singleElement()
                    .satisfies(OriginTest::expectNoSecret)
                    .asString()
                    .doesNotContain("sig=1");
        }
    }

    private static void expectCsv(int status, java.io.InputStream body) throws IOException {
        assertThat(status).isEqualTo(200);
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("VanID\n");
    }

    private static void expectNoSecret(String head) {
        assertThat(head).doesNotContainIgnoringCase("authorization:").doesNotContainIgnoringCase("cookie:");
    }

    private static String redirect(OddServer to) {
        return "HTTP/1.1 302 Found\r\nLocation: " + to.address("/elsewhere.csv")
                + "\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n";
    }
}
