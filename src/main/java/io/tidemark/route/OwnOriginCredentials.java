package io.tidemark.route;

import io.tidemark.system.Credentials;
import java.net.URI;
import java.util.Locale;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Adds a source's credentials to calls to its own origin (scheme, host and port), and to no other. */
final class OwnOriginCredentials implements HttpRequestInterceptor {
    private final String origin;
    private final Credentials credentials;

    OwnOriginCredentials(URI baseUrl, Credentials credentials) {
        this.origin = origin(baseUrl.getScheme(), baseUrl.getHost(), baseUrl.getPort());
        this.credentials = credentials;
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
        String target = origin(
                request.getScheme(),
                request.getAuthority().getHostName(),
                request.getAuthority().getPort());
        if (target.equals(origin)) {
            credentials.headers().forEach(request::setHeader);
        }
    }

    static String origin(String scheme, String host, int port) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        int actual = port >= 0 ? port : lower.equals("https") ? 443 : 80;
        return lower + "://" + host.toLowerCase(Locale.ROOT) + ":" + actual;
    }
}
