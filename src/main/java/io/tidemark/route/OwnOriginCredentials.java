package io.tidemark.route;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Adds a source's credentials to calls to the origins (scheme, host and port) that may have them, and to no other. */
final class OwnOriginCredentials implements HttpRequestInterceptor {
    private final Set<String> origins;
    private final Supplier<Map<String, String>> headers;

    /** @param addresses of which only the origins count */
    OwnOriginCredentials(Collection<URI> addresses, Supplier<Map<String, String>> headers) {
        this.origins = addresses.stream().map(OwnOriginCredentials::origin).collect(Collectors.toUnmodifiableSet());
        this.headers = headers;
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
        String target = origin(
                request.getScheme(),
                request.getAuthority().getHostName(),
                request.getAuthority().getPort());
        if (origins.contains(target)) {
            headers.get().forEach(request::setHeader);
        }
    }

    static String origin(URI address) {
        return origin(address.getScheme(), address.getHost(), address.getPort());
    }

    static String origin(String scheme, String host, int port) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        int actual = port >= 0 ? port : lower.equals("https") ? 443 : 80;
        return lower + "://" + host.toLowerCase(Locale.ROOT) + ":" + actual;
    }
}
