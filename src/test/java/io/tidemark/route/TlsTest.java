package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API behind TLS, with certificates good and bad. */
final class TlsTest {
    private static final String HINT =
            "; no call is made until the certificate is right. For an authority of your own name"
                    + " a trust store: camel.ssl.enabled=true, camel.ssl.trust-store=file:PATH, camel.ssl.trust-store-password";

    @TempDir
    static Path shared;

    @SuppressWarnings("NullAway.Init")
    private static Certificates certificates;

    @TempDir
    Path folder;

    private final EveryActionSandbox sandbox = EveryActionSandbox.start();

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.make(shared);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aSelfSignedCertificateIsRefused() throws Exception {
        assertThat(refused("ca", false))
                .contains("unable to find valid certification path")
                .endsWith(HINT);
    }

    @Test
    void anUnknownAuthorityIsRefused() throws Exception {
        assertThat(refused("good", false))
                .contains("unable to find valid certification path")
                .endsWith(HINT);
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        assertThat(refused("expired", true)).contains("validity check failed").endsWith(HINT);
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        assertThat(refused("elsewhere", true))
                .contains("Certificate for <localhost> doesn't match any of the subject alternative names")
                .endsWith(HINT);
    }

    /** The stream waits, unharmed, and nothing got through. */
    private String refused(String certificate, boolean trusted) throws Exception {
        try (var front = new TlsFront(sandbox, certificates.server(certificate));
                Running running = Running.begun(setup(front, trusted))) {
            StreamState state = running.until("contacts", waiting -> waiting.failures() >= 2);
            assertThat(state.condition()).isEqualTo(Condition.RUNNING);
            assertThat(state.watermark()).isNull();
            assertThat(running.status("contacts").state()).isEqualTo("failing");
            assertThat(front.calls()).isZero();
            return String.valueOf(state.lastError());
        }
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedByConfigurationAndAFileWithoutTlsIsNot() throws Exception {
        try (var front = new TlsFront(sandbox, certificates.server("good"));
                Running running = Running.begun(setup(front, true))) {
            StreamState state = running.until("contacts", waiting -> waiting.failures() >= 1);
            assertThat(state.step()).isEqualTo("ready");
            assertThat(state.lastError())
                    .contains("refused to download from 127.0.0.1", "without TLS: the API itself uses https");
            assertThat(front.calls()).isPositive();
            assertThat(sandbox.log().requests())
                    .noneMatch(request -> request.server().equals("files"));
        }
    }

    private Setup setup(TlsFront front, boolean trusted) {
        Setup setup = Setup.of(folder, sandbox).set("tidemark.sources.ea.base-url", front.baseUrl());
        return trusted
                ? setup.set("camel.ssl.enabled", "true")
                        .set("camel.ssl.trust-store", "file:" + certificates.trust())
                        .set("camel.ssl.trust-store-password", Certificates.PASSWORD)
                : setup;
    }
}
