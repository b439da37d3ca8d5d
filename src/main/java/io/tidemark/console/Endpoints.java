package io.tidemark.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;

/** Where machines look: health and metrics over HTTP, for this machine only unless the user says otherwise. */
public final class Endpoints {
    /**
     * What holds where the user says nothing. Camel's server listens on every interface by itself, and its own metrics tag
     * the address of every endpoint and grow with every stream.
     */
    private static final Map<String, String> STANDARD = Map.of(
            "camel.management.host", "127.0.0.1",
            "camel.management.port", "8077",
            "camel.metrics.enable-route-policy", "false",
            "camel.metrics.enable-exchange-event-notifier", "false",
            "camel.metrics.enable-route-event-notifier", "false",
            "camel.metrics.skip-camel-info", "true");

    private static final List<String> SERVING =
            List.of("camel.management.", "camel.server.", "camel.metrics.", "camel.health.");

    private Endpoints() {}

    /** The keys of a daemon: the user's, and the standard where there is none of that name in either spelling. */
    public static Map<String, String> keys(Map<String, String> users) {
        var keys = new LinkedHashMap<>(users);
        List<String> given = users.keySet().stream().map(Endpoints::folded).toList();
        STANDARD.forEach((key, value) -> {
            if (!given.contains(folded(key))) {
                keys.put(key, value);
            }
        });
        return keys;
    }

    /** The keys of a command beside the daemon: it serves nothing. */
    public static Map<String, String> none(Map<String, String> users) {
        var keys = new LinkedHashMap<>(users);
        keys.keySet().removeIf(key -> SERVING.stream().anyMatch(key::startsWith));
        return keys;
    }

    private static String folded(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** The address of the health endpoint, empty where none is served. */
    public static Optional<String> health(CamelContext started) {
        return Optional.ofNullable(started.hasService(ManagementHttpServer.class))
                .filter(ManagementHttpServer::isHealthCheckEnabled)
                .map(server -> "http://" + server.getHost() + ":" + server.getPort() + server.getHealthPath());
    }

    /**
     * Makes sure that the endpoints can be served: the server itself would only log that it cannot.
     *
     * @param configured not yet started
     * @throws PortTakenException if another program listens there
     */
    public static void check(CamelContext configured) {
        ManagementHttpServer server = configured.hasService(ManagementHttpServer.class);
        if (server == null) {
            return;
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(server.getHost(), server.getPort()));
        } catch (IOException taken) {
            throw new PortTakenException("health and metrics cannot be served on " + server.getHost() + ":"
                    + server.getPort() + " (" + taken.getMessage() + "). Another program, perhaps another Tidemark, may"
                    + " listen there: set camel.management.port to a free port, or camel.management.enabled=false");
        }
    }
}
