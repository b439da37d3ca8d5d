package io.tidemark.route;

import io.tidemark.settings.Settings;
import io.tidemark.settings.SettingsReader;
import io.tidemark.settings.SourceSettings;
import io.tidemark.system.everyaction.EveryAction;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The two HTTP components of a source, without anything else of the bridge, and with limits short enough to wait for. */
final class Wire implements AutoCloseable {
    static final Limits SHORT =
            new Limits(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final URI baseUrl;
    private Reader reader = (status, body) -> {};

    /** What is done with an answer while its connection is open. */
    interface Reader {
        void read(int status, InputStream body) throws IOException;
    }

    Wire(Path folder, URI baseUrl, Limits limits) throws Exception {
        this.baseUrl = baseUrl;
        Settings settings = settings(folder, baseUrl);
        SourceSettings source = settings.sources().values().iterator().next();
        var streams = new Streams(settings, InstantSource.system());
        context.disableJMX();
        context.setStreamCaching(false);
        context.addComponent(
                "api", new ApiComponent(source, new Tokens(streams, InstantSource.system()).headers("crm"), limits));
        context.addComponent("download", DownloadComponent.open(source, limits));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String component : new String[] {"api", "download"}) {
                    from("direct:" + component)
                            .errorHandler(noErrorHandler())
                            .to(component + ":" + baseUrl + "?throwExceptionOnFailure=false&disableStreamCache=true")
                            .process(exchange -> reader.read(
                                    exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                                    exchange.getMessage().getBody(InputStream.class)));
                }
            }
        });
        context.start();
    }

    private static Settings settings(Path folder, URI baseUrl) throws IOException {
        Path file = folder.resolve("wire.properties");
        Files.writeString(file, """
                tidemark.sources.crm.system=everyaction
                tidemark.sources.crm.base-url=%s
                tidemark.sources.crm.application-name=an-application
                tidemark.sources.crm.api-key=a-key
                tidemark.sources.crm.database-mode=1
                """.formatted(baseUrl));
        return new SettingsReader(Map.of("everyaction", new EveryAction()))
                .read(file, Map.of(), Map.of())
                .settings();
    }

    Optional<Exception> call(Reader with) {
        return send("direct:api", baseUrl, with);
    }

    /** Fetches a file; what went wrong, if anything did. */
    Optional<Exception> download(URI address, Reader with) {
        return send("direct:download", address, with);
    }

    private Optional<Exception> send(String route, URI address, Reader with) {
        reader = with;
        Exchange done = context.createFluentProducerTemplate()
                .to(route)
                .withProcessor(exchange -> {
                    exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
                    exchange.getMessage().setHeader(Exchange.HTTP_URI, address.toString());
                })
                .send();
        return Optional.ofNullable(done.getException());
    }

    @Override
    public void close() {
        context.stop();
    }
}
