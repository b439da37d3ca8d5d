package io.tidemark.route;

import io.tidemark.settings.SourceSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** The HTTP component through which a source's calls go, with its credentials. */
final class ApiComponent extends SourceComponent {
    private final OwnOriginCredentials ownOrigin;

    ApiComponent(SourceSettings source, Supplier<Map<String, String>> credentials) {
        this(source, credentials, Limits.CALL);
    }

    ApiComponent(SourceSettings source, Supplier<Map<String, String>> credentials, Limits limits) {
        super(source, limits);
        this.ownOrigin = new OwnOriginCredentials(List.of(source.baseUrl()), credentials);
        setRedirectHandlingDisabled(true);
    }

    @Override
    void configure(HttpClientBuilder client) {
        client.addRequestInterceptorLast(ownOrigin);
    }
}
