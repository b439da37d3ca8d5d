package io.tidemark.route;

import io.tidemark.settings.SourceSettings;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;

/** The HTTP component through which a source's files come: no credentials, no cookies, no decompression. */
@SuppressWarnings("deprecation")
final class DownloadComponent extends SourceComponent {
    private final DownloadPolicy policy;

    DownloadComponent(SourceSettings source) {
        this(source, Limits.DOWNLOAD);
    }

    DownloadComponent(SourceSettings source, Limits limits) {
        super(source, limits);
        this.policy = DownloadPolicy.of(source.baseUrl());
        setFollowRedirects(true);
        setContentCompressionDisabled(true);
    }

    @Override
    void configure(HttpClientBuilder client) {
        client.addRequestInterceptorLast(policy);
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
