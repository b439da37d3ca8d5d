package io.tidemark.route;

import io.tidemark.settings.SourceSettings;
import io.tidemark.system.Credentials;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** The HTTP component through which a source's calls go, with its credentials. */
final class ApiComponent extends SourceComponent {
    private final OwnOriginCredentials ownOrigin;

    ApiComponent(SourceSettings source, Credentials credentials) {
        this(source, credentials, Limits.CALL);
    }

    ApiComponent(SourceSettings source, Credentials credentials, Limits limits) {
        super(source, limits);
        this.ownOrigin = new OwnOriginCredentials(source.baseUrl(), credentials);
        setRedirectHandlingDisabled(true);
    }

    @Override
    void configure(HttpClientBuilder client) {
        client.addRequestInterceptorLast(ownOrigin);
    }
}
