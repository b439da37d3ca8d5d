package io.tidemark.route;

import io.tidemark.settings.SourceSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;

/**
 * An HTTP component through which a source's files come, without cookies and decompression: one without credentials, for
 * links that are the permission themselves, and one with them, for what the vendor gives only to its user.
 */
@SuppressWarnings("deprecation")
final class DownloadComponent extends SourceComponent {
    private final DownloadPolicy policy;
    private final Optional<OwnOriginCredentials> credentials;

    private DownloadComponent(SourceSettings source, Optional<OwnOriginCredentials> credentials, Limits limits) {
        super(source, limits);
        this.policy = DownloadPolicy.of(source.baseUrl());
        this.credentials = credentials;
        setFollowRedirects(true);
        setContentCompressionDisabled(true);
    }

    static DownloadComponent open(SourceSettings source) {
        return open(source, Limits.DOWNLOAD);
    }

    static DownloadComponent open(SourceSettings source, Limits limits) {
        return new DownloadComponent(source, Optional.empty(), limits);
    }

    /** The credentials go to the API's origin and to the configured download hosts; no redirect takes them elsewhere. */
    static DownloadComponent withCredentials(SourceSettings source, Supplier<Map<String, String>> credentials) {
        var ownOrigin = new OwnOriginCredentials(source.credentialHosts(), credentials);
        return new DownloadComponent(source, Optional.of(ownOrigin), Limits.DOWNLOAD);
    }

    @Override
    void configure(HttpClientBuilder client) {
        client.addRequestInterceptorLast(policy);
        credentials.ifPresent(client::addRequestInterceptorLast);
    }

    @Override
    protected HttpClientConnectionManager createConnectionManager(
            Registry<ConnectionSocketFactory> registry, int maxTotal, int perRoute, SocketConfig socket) {
        var manager = new PoolingHttpClientConnectionManager(registry, null, null, null, null, policy, null);
        manager.setDefaultSocketConfig(socket);
        manager.setMaxTotal(getMaxTotalConnections());
        manager.setDefaultMaxPerRoute(getConnectionsPerRoute());
        return manager;
    }
}
