package io.tidemark.route;

import io.tidemark.settings.SourceSettings;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** The HTTP component through which a source asks for its tokens; it follows no redirect, which would take the secret along. */
final class TokenComponent extends SourceComponent {
    TokenComponent(SourceSettings source) {
        super(source, Limits.CALL);
        setRedirectHandlingDisabled(true);
    }

    @Override
    void configure(HttpClientBuilder client) {}
}
