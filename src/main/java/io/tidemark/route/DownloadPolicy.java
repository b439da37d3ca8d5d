package io.tidemark.route;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a download may go, checked at each hop of a redirect and after each name is resolved: plain http only where the
 * API itself is plain http; private, loopback and link-local addresses only where the API itself lives at such a one.
 */
final class DownloadPolicy implements HttpRequestInterceptor, DnsResolver {
    private final boolean plainAllowed;
    private final boolean privateAllowed;

    private DownloadPolicy(boolean plainAllowed, boolean privateAllowed) {
        this.plainAllowed = plainAllowed;
        this.privateAllowed = privateAllowed;
    }

    static DownloadPolicy of(URI baseUrl) {
        return new DownloadPolicy("http".equalsIgnoreCase(baseUrl.getScheme()), livesPrivately(baseUrl.getHost()));
    }

    private static boolean livesPrivately(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (isPrivate(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException notNow) {
            return false;
        }
    }

    @Override
    public void process(HttpRequest request, @Nullable EntityDetails entity, @Nullable HttpContext context)
            throws HttpException {
        if (!plainAllowed && !"https".equalsIgnoreCase(request.getScheme())) {
            throw new ProtocolException(
                    "refused to download from " + request.getAuthority() + " without TLS: the API itself uses https");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        for (InetAddress address : addresses) {
            if (!privateAllowed && isPrivate(address)) {
                throw new UnknownHostException(
                        "refused to download from " + host + ": it is at a private address, and the API itself is not");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || (bytes.length == 4 ? isReserved(bytes) : isUniqueLocal(bytes) || isPrivateInside(bytes));
    }

    /** This network, carrier-grade NAT, protocol assignments, benchmarks, and what was never given out. */
    private static boolean isReserved(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first == 0
                || (first == 100 && (second & 0xc0) == 64)
                || (first == 192 && second == 0 && bytes[2] == 0)
                || (first == 198 && (second & 0xfe) == 18)
                || first >= 240;
    }

    private static boolean isUniqueLocal(byte[] bytes) {
        return (bytes[0] & 0xfe) == 0xfc;
    }

    /** An IPv4 address that a translator would take out: IPv4-compatible, NAT64 (64:ff9b::/96) and 6to4 (2002::/16). */
    private static boolean isPrivateInside(byte[] bytes) {
        if (startsWith(bytes) || startsWith(bytes, 0, 0x64, 0xff, 0x9b)) {
            return isPrivate(inside(bytes, 12));
        }
        return (bytes[0] & 0xff) == 0x20 && bytes[1] == 2 && isPrivate(inside(bytes, 2));
    }

    /** Whether the first 12 bytes are these and zeros. */
    private static boolean startsWith(byte[] bytes, int... first) {
        for (int i = 0; i < 12; i++) {
            if ((bytes[i] & 0xff) != (i < first.length ? first[i] : 0)) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress inside(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
