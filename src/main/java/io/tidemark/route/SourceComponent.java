package io.tidemark.route;

import io.tidemark.settings.SourceSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.jspecify.annotations.Nullable;

/** What the HTTP components of a source have in common: limits, a pool of their own, TLS as configured, and no memory. */
abstract sealed class SourceComponent extends HttpComponent permits ApiComponent, DownloadComponent, TokenComponent {

    SourceComponent(SourceSettings source, Limits limits) {
        setConnectTimeout(limits.connect().toMillis());
        setConnectionRequestTimeout(limits.idle().toMillis());
        setResponseTimeout(limits.idle().toMillis());
        setSoTimeout(limits.idle().toMillis());
        setConnectionsPerRoute(source.maxConcurrentRequests());
        setMaxTotalConnections(source.maxConcurrentRequests());
        setAutomaticRetriesDisabled(true);
        setCookieManagementDisabled(true);
        setAuthCachingDisabled(true);
        setCopyHeaders(false);
        setHttpClientConfigurer(
                builder -> configure(builder.addExecInterceptorFirst("cancel", new CancelInsteadOfDrain(limits.whole()))
                        .addExecInterceptorFirst("head", new HeadLimit(limits.head()))));
    }

    abstract void configure(HttpClientBuilder client);

    /** Camel gives its global TLS settings ({@code camel.ssl.*}) only to components that are called https. */
    @Override
    protected HttpClientConnectionManager createConnectionManager(
            Map<String, Object> parameters, @Nullable SSLContextParameters own, Map<String, Object> options)
            throws GeneralSecurityException, IOException {
        return super.createConnectionManager(
                parameters, own == null ? getCamelContext().getSSLContextParameters() : own, options);
    }
}
