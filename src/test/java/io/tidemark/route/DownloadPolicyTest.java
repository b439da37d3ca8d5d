package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a download may go. The addresses are literal: nobody is asked. */
final class DownloadPolicyTest {
    private static final DownloadPolicy PUBLIC = DownloadPolicy.of(URI.create("https://203.0.113.7/v4"));
    private static final DownloadPolicy PRIVATE = DownloadPolicy.of(URI.create("http://10.1.2.3:8080/v4"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.254",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.254",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:a00:1::1"
            })
    void aFileOfAPublicApiIsNotFetchedFromWithin(String host) throws UnknownHostException {
        assertThatThrownBy(() -> PUBLIC.resolve(host))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(
                        "refused to download from " + host + ": it is at a private address, and the API itself is not");
        assertThat(PRIVATE.resolve(host)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.9",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.2.1",
                "2001:db8::1",
                "::ffff:203.0.113.9",
                "64:ff9b::cb00:7109"
            })
    void aFileMayBeAnywhereInPublic(String host) throws UnknownHostException {
        assertThat(PUBLIC.resolve(host)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "HTTP"})
    void aFileOfAnApiWithTlsIsNotFetchedWithout(String scheme) throws Exception {
        var request = new BasicHttpRequest("GET", URI.create(scheme + "://files.example.org/a.csv?sig=secret"));
        var context = HttpClientContext.create();

        assertThatThrownBy(() -> PUBLIC.process(request, null, context))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("refused to download from files.example.org without TLS: the API itself uses https");
        PRIVATE.process(request, null, context);
    }
}
